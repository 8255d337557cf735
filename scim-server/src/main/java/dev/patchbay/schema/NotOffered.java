package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.Refusal.Kind;

/**
 * What the bridge knows of users and a tenant's phone system has not. A stranger's attribute may be
 * ignored; one of ours would be taken for set.
 */
public final class NotOffered {
  private static final ResourceType WHOLE = ResourceTypes.user(PhoneAccount.WHOLE);

  private NotOffered() {}

  /**
   * Refuses a value for it.
   *
   * @param name with its URN, or the URN of a schema alone; of nothing that {@code type} has
   */
  public static void check(ResourceType type, String name, JsonNode value) {
    boolean says = !value.isNull() && !(value.isContainerNode() && value.isEmpty());
    if (says && type.name().equals(WHOLE.name()) && isOurs(name)) {
      throw new Refusal(
          Kind.UNSUPPORTED, Refusal.quoted(name) + " is nothing the pbx of this tenant has");
    }
  }

  private static boolean isOurs(String name) {
    return WHOLE.extension(name).isPresent()
        || AttributePath.parse(name)
            .filter(path -> path.urn().isPresent())
            .flatMap(WHOLE::find)
            .filter(target -> !target.isReadOnly())
            .isPresent();
  }
}
