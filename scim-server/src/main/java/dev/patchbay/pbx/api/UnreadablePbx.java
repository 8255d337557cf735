package dev.patchbay.pbx.api;

import dev.patchbay.pbx.api.PbxException.Reason;
import dev.patchbay.pbx.api.PbxException.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A phone system that shows nothing of what it holds ({@link PbxReading#NOTHING}) and has no
 * groups: what is known of it is what it answered to calls.
 */
public interface UnreadablePbx extends PbxAdapter {

  @Override
  default PbxGroup canonical(PbxGroup desired) {
    return desired;
  }

  @Override
  default Stream<Found<PbxUser>> users() {
    throw unreadable("users");
  }

  @Override
  default Optional<Found<PbxUser>> user(PbxRef ref) {
    throw unreadable("users");
  }

  @Override
  default List<Found<PbxUser>> usersWith(String name, String extension) {
    throw unreadable("users");
  }

  @Override
  default Optional<Found<PbxGroup>> group(PbxRef ref) {
    throw unreadable("groups");
  }

  @Override
  default Optional<Found<PbxGroup>> groupNamed(String name) {
    throw unreadable("groups");
  }

  @Override
  default boolean isMember(PbxRef group, String extension) {
    throw unreadable("groups");
  }

  @Override
  default Stream<Found<PbxGroup>> groups() {
    throw unreadable("groups");
  }

  @Override
  default Set<String> members(PbxRef group) {
    throw unreadable("groups");
  }

  private static Rejected unreadable(String what) {
    return new Rejected(Reason.UNSUPPORTED, "this kind of pbx does not show its " + what);
  }
}
