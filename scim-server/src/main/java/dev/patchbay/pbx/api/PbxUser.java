package dev.patchbay.pbx.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A user as a phone system holds it; an absent field has no value there. Secrets are not part. */
public record PbxUser(Map<PbxField, String> fields) {

  public PbxUser {
    var copy = new EnumMap<PbxField, String>(PbxField.class);
    copy.putAll(fields);
    fields = Collections.unmodifiableMap(copy);
  }

  public Optional<String> get(PbxField field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** Whether the account works; it does where nothing says that it does not. */
  public boolean enabled() {
    return !"false".equals(fields.get(PbxField.ENABLED));
  }

  /**
   * Whether it is what a create or delete that stopped half way left of a user, where the PBX makes
   * users in parts: it has no name.
   */
  public boolean isHalf() {
    return !fields.containsKey(PbxField.NAME);
  }

  /** This user with one field set, or cleared by an empty value. */
  public PbxUser with(PbxField field, Optional<String> value) {
    var copy = new EnumMap<PbxField, String>(PbxField.class);
    copy.putAll(fields);
    value.ifPresentOrElse(text -> copy.put(field, text), () -> copy.remove(field));
    return new PbxUser(copy);
  }
}
