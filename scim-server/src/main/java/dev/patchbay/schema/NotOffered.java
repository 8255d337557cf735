package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.schema.Refusal.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What the bridge knows of users and groups and a tenant's phone system has not. A stranger's
 * attribute may be ignored; one of ours would be taken for set.
 */
public final class NotOffered {
  private static final List<ResourceType> WHOLE =
      List.of(ResourceTypes.user(PhoneAccount.WHOLE), ResourceTypes.group());

  private NotOffered() {}

  /**
   * Why a value for it is refused, if it is.
   *
   * @param name with its URN, or the URN of a schema alone; of nothing that {@code type} has
   */
  public static Optional<Refusal> refusal(ResourceType type, String name, JsonNode value) {
    boolean says = !value.isNull() && !(value.isContainerNode() && value.isEmpty());
    return says && isOurs(type, name)
        ? Optional.of(
            new Refusal(
                Kind.UNSUPPORTED, Refusal.quoted(name) + " is nothing the pbx of this tenant has"))
        : Optional.empty();
  }

  /** Whether the bridge knows the name, which {@code type} has not. */
  public static boolean isOurs(ResourceType type, String name) {
    return WHOLE.stream().anyMatch(it -> it.name().equals(type.name()) && knows(it, name));
  }

  private static boolean knows(ResourceType whole, String name) {
    return whole.extension(name).isPresent()
        || AttributePath.parse(name)
            .filter(path -> path.urn().isPresent())
            .flatMap(whole::find)
            .filter(target -> !target.isReadOnly())
            .isPresent();
  }
}
