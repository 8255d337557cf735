package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.config.Secret;
import dev.patchbay.pbx.api.PbxCall;
import dev.patchbay.pbx.api.PbxSecret;
import dev.patchbay.schema.PhoneAccount;
import dev.patchbay.schema.ResourceType;
import dev.patchbay.schema.ResourceTypes;
import dev.patchbay.schema.WriteOnly;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A user as a request wants it, with the secrets taken out: those are actions, not state. */
record Wish(
    ObjectNode resource,
    Optional<Secret> password,
    Optional<Secret> extensionPassword,
    Optional<Secret> voicemailPin) {

  private static final ResourceType TYPE = ResourceTypes.user(PhoneAccount.WHOLE);

  /** Takes the write-only attributes out of a copy of {@code resource}. */
  static Wish of(ObjectNode resource) {
    var kept = resource.deepCopy();
    var secrets = WriteOnly.take(kept, TYPE);
    return new Wish(
        kept,
        Optional.ofNullable(secrets.get("password")),
        Optional.ofNullable(secrets.get("extensionPassword")),
        Optional.ofNullable(secrets.get("voicemailPin")));
  }

  /** What it brings, as the PBX names it. */
  Map<PbxSecret, Secret> secrets() {
    var secrets = new EnumMap<PbxSecret, Secret>(PbxSecret.class);
    password.ifPresent(it -> secrets.put(PbxSecret.PASSWORD, it));
    extensionPassword.ifPresent(it -> secrets.put(PbxSecret.EXTENSION_PASSWORD, it));
    voicemailPin.ifPresent(it -> secrets.put(PbxSecret.VOICEMAIL_PIN, it));
    return secrets;
  }

  /** With those of its secrets alone that these calls set. */
  Wish set(List<PbxCall> done) {
    var set = done.stream().flatMap(call -> call.sets().stream()).collect(Collectors.toSet());
    return new Wish(
        resource,
        password.filter(it -> set.contains(PbxSecret.PASSWORD)),
        extensionPassword.filter(it -> set.contains(PbxSecret.EXTENSION_PASSWORD)),
        voicemailPin.filter(it -> set.contains(PbxSecret.VOICEMAIL_PIN)));
  }

  Wish with(ObjectNode changed) {
    return new Wish(changed, password, extensionPassword, voicemailPin);
  }

  /** Its own secrets, and those of an earlier one that it does not bring itself. */
  Wish over(Wish earlier) {
    return new Wish(
        resource,
        password.or(earlier::password),
        extensionPassword.or(earlier::extensionPassword),
        voicemailPin.or(earlier::voicemailPin));
  }

  /** Whether the request brings a secret, which cannot be kept for later. */
  boolean hasSecrets() {
    return password.isPresent() || extensionPassword.isPresent() || voicemailPin.isPresent();
  }
}
