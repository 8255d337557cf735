package dev.patchbay.chaos;

/**
 * A SCIM request.
 *
 * @param path below the tenant's base URL
 * @param body empty for none
 */
record Request(String method, String path, String body) {
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  static Request patch(String path, String operations) {
    return new Request(
        "PATCH", path, "{\"schemas\":[\"" + PATCH + "\"],\"Operations\":[" + operations + "]}");
  }

  static Request delete(String path) {
    return new Request("DELETE", path, "");
  }

  /** As an operation of a bulk. */
  String operation(int number) {
    return "{\"method\":\"%s\",\"path\":\"%s\",\"bulkId\":\"b%d\"%s}"
        .formatted(method, path, number, body.isEmpty() ? "" : ",\"data\":" + body);
  }

  @Override
  public String toString() {
    return method + " " + path + " " + body;
  }
}
