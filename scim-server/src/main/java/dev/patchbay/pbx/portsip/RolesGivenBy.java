package dev.patchbay.pbx.portsip;

/** By what a user is given a role from v22.3 on, which PortSIP does not document. */
enum RolesGivenBy {
  NAME,
  ID
}
