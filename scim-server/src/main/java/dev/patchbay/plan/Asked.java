package dev.patchbay.plan;

import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxField;
import java.util.Optional;
import java.util.Set;

/**
 * What one request names.
 *
 * @param fields the PBX fields it moves
 * @param blocked fields that were given up before and that it does not name
 */
public record Asked(
    Set<PbxField> fields,
    Set<PbxField> blocked,
    Optional<Secret> password,
    Optional<Secret> extensionPassword,
    Optional<Secret> voicemailPin) {

  /** A run that no request asked for: everything that differs is to be done. */
  public static Asked everything(Set<PbxField> blocked) {
    return new Asked(
        Set.of(PbxField.values()), blocked, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
