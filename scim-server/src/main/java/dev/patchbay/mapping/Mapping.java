package dev.patchbay.mapping;

import dev.patchbay.pbx.api.PasswordPolicy;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxField;
import java.security.SecureRandom;

/** A tenant's mapping settings, made ready for what its PBX takes. Decides; does nothing. */
public record Mapping(
    RoleMapping roles,
    UserNaming naming,
    ExtensionSettings extensions,
    AttributeMapping attributes,
    PasswordSettings passwords,
    GroupSettings groups,
    Templates templates) {

  /** PortSIP's limit, for a PBX that names none. */
  private static final int NAME_LENGTH = 64;

  public static Mapping of(MappingSettings settings, PbxAdapter adapter) {
    var pbx = adapter.capabilities();
    int nameLength = pbx.maxLength().getOrDefault(PbxField.NAME, NAME_LENGTH);
    return new Mapping(
        RoleMapping.of(settings.roles()),
        new UserNaming(settings.naming(), adapter.nameForm(), nameLength),
        settings.extensions(),
        new AttributeMapping(settings.attributes(), pbx.fields(), settings.templates()),
        settings.passwords(),
        settings.groups(),
        settings.templates());
  }

  public Offboarding offboarding() {
    return new Offboarding(attributes, roles);
  }

  /** Who decides on secrets, by the policy the PBX has now. */
  public AccountSecrets secrets(PasswordPolicy policy, SecureRandom random) {
    return new AccountSecrets(passwords, policy, random);
  }
}
