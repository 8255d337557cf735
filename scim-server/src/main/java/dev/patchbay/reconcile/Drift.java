package dev.patchbay.reconcile;

import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.provisioning.SeenUser.Difference;
import java.util.Map;

/** How the PBX is not as the directory wants it. */
public sealed interface Drift {

  /** The directory says that it is on the PBX, and it is not. */
  record Missing() implements Drift {}

  /** It is on the PBX, and the directory does not want it there or knows nothing of it. */
  record Unexpected(Origin origin) implements Drift {}

  /** It is there with other values. */
  record Different(Map<PbxField, Difference> fields) implements Drift {
    public Different {
      fields = Map.copyOf(fields);
    }
  }

  /** Where something unexpected comes from. */
  enum Origin {
    /** Ours: made by the bridge, or a member of a group of ours. */
    OURS,
    /** Somebody made it on the PBX. */
    STRANGER,
    /** The PBX's own synchronisation made it. */
    PBX
  }
}
