package dev.patchbay.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.directory.Applied;
import dev.patchbay.pbx.api.Found;
import dev.patchbay.pbx.api.PbxAdapter;
import dev.patchbay.pbx.api.PbxField;
import dev.patchbay.pbx.api.PbxParts;
import dev.patchbay.pbx.api.PbxReading;
import dev.patchbay.pbx.api.PbxUser;
import dev.patchbay.schema.Refusal;
import dev.patchbay.schema.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads from the PBX what is in doubt; counts only after the quiet time. */
final class Probe {
  /** Two clocks that were compared by a header of whole seconds. */
  private static final Duration SKEW = Duration.ofSeconds(3);

  /** What a user is found by; another spelling of it is no reason to act. */
  private static final Set<PbxField> KEYS = EnumSet.of(PbxField.NAME, PbxField.EXTENSION);

  private final PbxAdapter adapter;
  private final UserTarget target;

  Probe(PbxAdapter adapter, UserTarget target) {
    this.adapter = adapter;
    this.target = target;
  }

  /**
   * {@code applied} with nothing in doubt but what the PBX never shows (a binding, or all there
   * is), which stays so and is sent again.
   *
   * @param since the earliest time our create can have reached the PBX
   */
  Applied user(Applied applied, ObjectNode resource, Instant since) {
    if (adapter.capabilities().reading() == PbxReading.NOTHING) {
      return applied;
    }
    boolean maybe = applied.existence() == Applied.Existence.MAYBE;
    if (applied.ref().isEmpty()) {
      return maybe ? made(applied, resource, since) : applied;
    }
    var found = adapter.user(applied.ref().get());
    // The process may have died over a plan that made another one in its place.
    return maybe && found.isEmpty() ? made(applied, resource, since) : seen(applied, found);
  }

  private Applied made(Applied applied, ObjectNode resource, Instant since) {
    return ours(resource, since).map(found -> read(applied, found)).orElse(Applied.NOTHING);
  }

  /** {@code before} as a single read found it. */
  Applied seen(Applied before, Optional<Found<PbxUser>> found) {
    return found
        .map(it -> read(before, it))
        .map(read -> read.isHalf() ? read : read.known(unmoved(before), before.fields()))
        .orElse(Applied.NOTHING);
  }

  /** Those that no call of ours can have changed. */
  private Set<PbxField> unmoved(Applied before) {
    var unmoved = EnumSet.copyOf(KEYS);
    unmoved.removeIf(key -> before.maybe().contains(key) && adapter.capabilities().changes(key));
    return unmoved;
  }

  /** The PBX user our unanswered create made, if it did: our name, number, e-mail and time. */
  private Optional<Found<PbxUser>> ours(ObjectNode resource, Instant since) {
    var pbx = resource.path(ResourceTypes.PBX_USER);
    var name = pbx.path("pbxUserName").asText();
    var extension = pbx.path("extensionNumber").asText();
    return Stream.concat(
            adapter.usersWith(name, extension).stream(),
            Stream.of(resource).flatMap(this::leftBehind))
        .filter(found -> !found.managedByPbx())
        .filter(found -> found.value().get(PbxField.NAME).equals(Optional.of(name)))
        .filter(found -> found.value().get(PbxField.EXTENSION).orElse("").equals(extension))
        .filter(found -> found.createdAt().map(at -> !at.isBefore(since.minus(SKEW))).orElse(true))
        .flatMap(found -> adapter.user(found.ref()).stream())
        .filter(found -> isTold(found, extension) || hasEmail(found, resource))
        .findFirst();
  }

  /** Whether number and time tell enough; where one is missing, the e-mail has to agree, too. */
  private static boolean isTold(Found<PbxUser> found, String extension) {
    return found.createdAt().isPresent() && !extension.isEmpty();
  }

  private boolean hasEmail(Found<PbxUser> found, ObjectNode resource) {
    return wanted(resource).map(wanted -> email(wanted).equals(email(found.value()))).orElse(false);
  }

  private static String email(PbxUser user) {
    return user.get(PbxField.EMAIL).orElse("").toLowerCase(Locale.ROOT);
  }

  /** Half of a user that a create was stopped at, if the PBX makes users in parts. */
  private Stream<Found<PbxUser>> leftBehind(ObjectNode resource) {
    return wanted(resource).stream().flatMap(wanted -> adapter.leftBehind(wanted).stream());
  }

  /** Empty: the settings no longer map it, so that who is looked for cannot be said. */
  private Optional<PbxUser> wanted(ObjectNode resource) {
    try {
      return Optional.of(target.of(resource, Applied.NOTHING));
    } catch (Refusal unmapped) {
      return Optional.empty();
    }
  }

  /** What nobody asked for is the user's own, and so is what becomes of it. */
  private static boolean isOurs(PbxField field, Applied before) {
    return before.fields().containsKey(field) || before.maybe().contains(field);
  }

  /** Of what the user has, what was noted before: the rest somebody else gave him. */
  private Optional<String> ownParts(Found<PbxUser> found, PbxField kind, PbxParts noted) {
    return adapter.parts(found.ref(), kind).only(noted.byKey()::containsKey).text();
  }

  private Applied read(Applied before, Found<PbxUser> found) {
    var fields = new EnumMap<PbxField, String>(PbxField.class);
    fields.putAll(found.value().fields());
    fields.keySet().removeIf(field -> field.yields() && !isOurs(field, before));
    var doubts = EnumSet.noneOf(PbxField.class);
    for (PbxField kind : PbxField.PARTS) {
      if (before.fields().containsKey(kind)) {
        ownParts(found, kind, before.parts(kind)).ifPresent(text -> fields.put(kind, text));
      }
    }
    for (PbxField unread : adapter.capabilities().unread()) {
      Optional.ofNullable(before.fields().get(unread)).ifPresent(text -> fields.put(unread, text));
      if (before.maybe().contains(unread)) {
        doubts.add(unread);
      }
    }
    return new Applied(Applied.Existence.PRESENT, Optional.of(found.ref()), fields, doubts);
  }
}
