package dev.patchbay.provisioning;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxRoleNames;

/**
 * The {@code mapping} section of a tenant: how SCIM users become users of its PBX. All keys and
 * their defaults, which suit production, are in docs/reference/mapping.md.
 */
public record MappingSettings(
    RoleSettings roles,
    NamingSettings naming,
    ExtensionSettings extensions,
    AttributeSettings attributes,
    PasswordSettings passwords) {

  /**
   * Reads them.
   *
   * @param roles what roles of the tenant's PBX are called
   */
  public static MappingSettings from(Section section, PbxRoleNames roles) {
    return new MappingSettings(
        RoleSettings.from(section, roles),
        section.section("naming").read(NamingSettings::from).orElse(NamingSettings.DEFAULT),
        section.section("extensions").read(ExtensionSettings::from).orElse(ExtensionSettings.NONE),
        AttributeSettings.from(section),
        PasswordSettings.from(section));
  }
}
