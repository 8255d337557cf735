package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.schema.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** The templates of a tenant, by name. */
public record Templates(Map<String, PbxTemplate> all) {
  static final Templates NONE = new Templates(Map.of());

  public Templates {
    all = Map.copyOf(all);
  }

  /** What the user's templates say of a field that the user itself says nothing of. */
  Optional<String> value(PbxField field, ObjectNode user) {
    return all.isEmpty()
        ? Optional.empty()
        : of(Grants.of(user, Granted.TEMPLATE))
            .flatMap(it -> Optional.ofNullable(it.fields().get(field)).stream())
            .findFirst();
  }

  public boolean namePools() {
    return all.values().stream().anyMatch(it -> it.pool().isPresent());
  }

  /** The pool of the first of these templates that names one. */
  public Optional<String> pool(Collection<String> names) {
    return of(names).flatMap(it -> it.pool().stream()).findFirst();
  }

  private Stream<PbxTemplate> of(Collection<String> names) {
    return names.stream()
        .map(all::get)
        .filter(Objects::nonNull)
        .distinct()
        .sorted(PbxTemplate.ORDER);
  }

  /** Refuses a name that is none of a template. */
  public void check(String name) {
    if (!all.containsKey(name)) {
      throw new Refusal(
          Refusal.Kind.INVALID_VALUE,
          "target: there is no template "
              + Refusal.quoted(name)
              + "; there are "
              + (all.isEmpty() ? "none" : String.join(", ", new TreeSet<>(all.keySet()))));
    }
  }

  /**
   * What a group that gives the template stands for, and what the template was then: another one
   * when it gives something else, or comes before others that it came after.
   */
  public Applied standing(String name) {
    var print =
        Optional.ofNullable(all.get(name))
            .map(it -> it.priority() + " " + new TreeMap<>(it.fields()))
            .orElse("");
    var id = UUID.nameUUIDFromBytes(print.getBytes(StandardCharsets.UTF_8)).toString();
    return Applied.present(Granted.TEMPLATE.ref(name), Map.of(PbxField.DESCRIPTION, id));
  }
}
