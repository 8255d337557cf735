package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;

/**
 * The {@code mapping} section of a tenant: how SCIM users become users of its PBX. All keys and
 * their defaults, which suit production, are in docs/reference/mapping.md.
 */
public record MappingSettings(
    RoleSettings roles,
    NamingSettings naming,
    ExtensionSettings extensions,
    AttributeSettings attributes,
    PasswordSettings passwords,
    GroupSettings groups,
    Templates templates) {

  /** Reads them; what the tenant's PBX cannot do stops the start. */
  public static MappingSettings from(Section section, KnownPbx pbx) {
    var roles = RoleSettings.from(section, pbx);
    var extensions = extensions(section, pbx);
    var templates = new TemplateSettings(pbx, extensions).read(section);
    return new MappingSettings(
        roles,
        section
            .section("naming")
            .read(it -> NamingSettings.from(it, pbx))
            .orElse(NamingSettings.DEFAULT),
        extensions,
        AttributeSettings.from(section, pbx),
        PasswordSettings.from(section),
        GroupSettings.from(section, pbx, roles, templates),
        templates);
  }

  private static ExtensionSettings extensions(Section section, KnownPbx pbx) {
    if (section.has("extensions") && !pbx.holds(PbxField.EXTENSION)) {
      section.reject("extensions", "expected none: users of this pbx have no numbers of their own");
    }
    return section
        .section("extensions")
        .read(it -> ExtensionSettings.from(it, pbx))
        .orElse(ExtensionSettings.NONE);
  }
}
