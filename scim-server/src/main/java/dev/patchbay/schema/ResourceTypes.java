package dev.patchbay.schema;

import dev.patchbay.schema.SchemaExtension.WhenUnmentioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The resource types of a tenant. They differ between tenants as their phone systems do. */
public final class ResourceTypes {
  public static final String CORE_USER = UserSchema.URN;
  public static final String ENTERPRISE_USER = EnterpriseUserSchema.URN;
  public static final String PBX_USER = PbxUserSchema.URN;
  public static final String PORTSIP_USER = VendorSchemas.PORTSIP;
  public static final String IPCORTEX_USER = VendorSchemas.IPCORTEX;
  public static final String XELION_USER = VendorSchemas.XELION;
  public static final String CRMCOM_USER = VendorSchemas.CRMCOM;
  public static final String CORE_GROUP = GroupSchema.URN;
  public static final String PBX_GROUP = PbxGroupSchema.URN;
  public static final String CORE_ROLE = RoleSchema.URN;
  public static final String PBX_ROLE = PbxRoleSchema.URN;

  private ResourceTypes() {}

  /** Users with a phone account. */
  public static ResourceType user(PhoneAccount account) {
    return new ResourceType(
        "User",
        "/Users",
        "User account",
        UserSchema.SCHEMA,
        userExtensions(account),
        Set.of("groups"));
  }

  private static List<SchemaExtension> userExtensions(PhoneAccount account) {
    var extensions = new ArrayList<SchemaExtension>();
    extensions.add(
        new SchemaExtension(
            EnterpriseUserSchema.with(account.organization()), WhenUnmentioned.CLEAR));
    extensions.add(new SchemaExtension(PbxUserSchema.with(account), WhenUnmentioned.KEEP));
    for (Schema vendor : VendorSchemas.with(account)) {
      extensions.add(new SchemaExtension(vendor, WhenUnmentioned.KEEP));
    }
    return extensions;
  }

  /** Groups of the phone system's own, and of the bridge's. */
  public static ResourceType group() {
    return group(List.of("userGroup", "bridge"), Set.of());
  }

  /**
   * Groups of a phone system.
   *
   * @param kinds those a group can have
   * @param absent attributes of its extension that mean nothing there
   */
  public static ResourceType group(List<String> kinds, Set<String> absent) {
    return new ResourceType(
        "Group",
        "/Groups",
        "Group",
        GroupSchema.SCHEMA,
        List.of(new SchemaExtension(PbxGroupSchema.with(kinds, absent), WhenUnmentioned.KEEP)),
        Set.of("members"));
  }

  /**
   * Roles of the phone system.
   *
   * @param writable whether they can be made and changed
   */
  public static ResourceType role(boolean writable) {
    return new ResourceType(
        "Role",
        "/Roles",
        "Role of the phone system that a user may have",
        RoleSchema.with(writable),
        List.of(new SchemaExtension(PbxRoleSchema.with(writable), WhenUnmentioned.KEEP)),
        Set.of());
  }
}
