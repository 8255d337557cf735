package dev.patchbay.pbx.portsip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.pbx.api.PbxPart;
import java.util.List;
import java.util.Optional;

/** How PortSIP writes one kind of part of a user. */
interface PortSipPartForm {

  /** The collections below {@code /api/users/{id}} that hold the kind. */
  List<String> collections();

  String collection(PbxPart part);

  /** The part as PortSIP gives it back: what a create must have and nobody said is filled in. */
  PbxPart canonical(PbxPart part);

  ObjectNode create(PbxPart part);

  /**
   * The body of an update.
   *
   * @param before what PortSIP holds, to be sent along; empty where it merges
   */
  ObjectNode update(ObjectNode before, PbxPart part, PortSipClearing clearing);

  /** Whether an update can make one of the other. */
  boolean changes(PbxPart before, PbxPart part);

  /** Empty where there is no key or id. */
  Optional<PbxPart> read(String collection, JsonNode json);

  /** Where to ask whether somebody else has it, if that can be asked. */
  Optional<String> assignee(PbxPart part);
}
