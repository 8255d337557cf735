package dev.patchbay.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What fills one field of the PBX's users, in place of what fills it by itself.
 *
 * @param from what it is made of
 * @param steps what happens to that, in order
 * @param otherwise the value where nothing is left
 */
record MappedField(From from, List<Transform> steps, Optional<String> otherwise) {
  MappedField {
    steps = List.copyOf(steps);
  }

  /** A field that nobody fills. */
  static final MappedField NOTHING =
      new MappedField(new From.First(List.of()), List.of(), Optional.empty());

  /** One attribute, as it is. */
  static MappedField of(ScimSource source) {
    return new MappedField(new From.First(List.of(source)), List.of(), Optional.empty());
  }

  /** What a value is made of. */
  sealed interface From {
    List<ScimSource> sources();

    Optional<String> value(ScimUser user);

    /** The first that has a value. */
    record First(List<ScimSource> sources) implements From {
      public First {
        sources = List.copyOf(sources);
      }

      @Override
      public Optional<String> value(ScimUser user) {
        return sources.stream().flatMap(it -> it.value(user).stream()).findFirst();
      }
    }

    /** Several in one text; without any of them there is none. */
    record Text(Template template, Map<String, ScimSource> parts) implements From {
      public Text {
        parts = Map.copyOf(parts);
      }

      @Override
      public List<ScimSource> sources() {
        return List.copyOf(parts.values());
      }

      @Override
      public Optional<String> value(ScimUser user) {
        boolean any = parts.values().stream().anyMatch(it -> it.value(user).isPresent());
        return Optional.of(template)
            .filter(it -> any)
            .map(it -> it.fill(name -> part(name).flatMap(source -> source.value(user))));
      }

      private Optional<ScimSource> part(String name) {
        return Optional.ofNullable(parts.get(name));
      }
    }
  }

  Optional<String> value(ScimUser user) {
    Optional<String> value = from.value(user);
    for (Transform step : steps) {
      value = value.map(step::of).map(String::strip).filter(Predicate.not(String::isEmpty));
    }
    return value.or(() -> otherwise);
  }

  /** The paths of attributes it depends on. */
  List<List<String>> paths() {
    return from.sources().stream().map(ScimSource::path).distinct().toList();
  }

  /** The attributes as a sender knows them. */
  String label() {
    return String.join(", ", from.sources().stream().map(ScimSource::label).distinct().toList());
  }
}
