package dev.patchbay.pbx.resilience;

import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxCapabilities;
import dev.patchbay.pbx.api.PbxException;
import dev.patchbay.pbx.api.PbxFields;
import dev.patchbay.pbx.api.PbxGroup;
import dev.patchbay.pbx.api.PbxPace;
import dev.patchbay.pbx.api.PbxPermissions;
import dev.patchbay.pbx.api.PbxRef;
import dev.patchbay.pbx.api.PbxRole;
import dev.patchbay.pbx.api.PbxTraffic;
import dev.patchbay.pbx.api.PbxUser;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A phone system that fails as told, in order, and works once nothing is left to fail with. */
final class ScriptedPbx implements PbxAdapter {
  static final Found<PbxRole> ROLE =
      new Found<>(
          new PbxRef("StandardUser"),
          new PbxRole("StandardUser", Optional.empty(), Set.of()),
          Optional.empty(),
          true);

  static final PasswordPolicy POLICY =
      new PasswordPolicy(6, 32, false, false, false, false, false, false);

  static final Duration CALL_LIMIT = Duration.ofSeconds(4);
  private static final PbxRef REF = new PbxRef("7");

  private final Queue<Supplier<PbxException>> failures = new ArrayDeque<>();
  private int calls;

  void fails(int times, Supplier<PbxException> with) {
    for (int i = 0; i < times; i++) {
      failures.add(with);
    }
  }

  /** Calls that reached the PBX. */
  int calls() {
    return calls;
  }

  private <T> T answer(T answer) {
    calls++;
    var failure = failures.poll();
    if (failure != null) {
      throw failure.get();
    }
    return answer;
  }

  @Override
  public PbxCapabilities capabilities() {
    return PbxCapabilities.whole(
        PbxFields.all(), PbxPermissions.NONE, new PbxPace(CALL_LIMIT, Duration.ofSeconds(60), 4));
  }

  @Override
  public PbxUser canonical(PbxUser desired) {
    return desired;
  }

  @Override
  public PbxGroup canonical(PbxGroup desired) {
    return desired;
  }

  @Override
  public PasswordPolicy passwordPolicy() {
    return answer(POLICY);
  }

  @Override
  public List<Found<PbxRole>> roles() {
    return answer(List.of(ROLE));
  }

  @Override
  public Optional<Found<PbxRole>> role(PbxRef ref) {
    return answer(Optional.of(ROLE));
  }

  @Override
  public Stream<Found<PbxUser>> users() {
    return answer(Stream.empty());
  }

  @Override
  public Optional<Found<PbxUser>> user(PbxRef ref) {
    return answer(Optional.empty());
  }

  @Override
  public List<Found<PbxUser>> usersWith(String name, String extension) {
    return answer(List.of());
  }

  @Override
  public Optional<Found<PbxGroup>> group(PbxRef ref) {
    return answer(Optional.empty());
  }

  @Override
  public Optional<Found<PbxGroup>> groupNamed(String name) {
    return answer(Optional.empty());
  }

  @Override
  public boolean isMember(PbxRef group, String extension) {
    return answer(false);
  }

  @Override
  public Stream<Found<PbxGroup>> groups() {
    return answer(Stream.of());
  }

  @Override
  public Set<String> members(PbxRef group) {
    return answer(Set.of());
  }

  @Override
  public PbxRef apply(PbxCall call) {
    return answer(REF);
  }

  @Override
  public PbxTraffic traffic() {
    return new PbxTraffic(0, 8, 0, 0, 0);
  }

  @Override
  public void close() {}
}
