package dev.patchbay.provisioning;

/** Brings a target to what the tenant wants of one entry; goes as far as it can now. */
interface Following {
  void follow(String id, FollowLease lease);
}
