package dev.patchbay.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Refusal.Kind;
import dev.patchbay.schema.ValueWriter.Mode;
import java.util.Optional;

/**
 * Changes a resource attribute by attribute, as the operations of a PATCH say (RFC 7644 §3.5.2) and
 * the schema allows. It changes the node it was given: give it a copy. {@code null} clears what it
 * replaces.
 */
public final class ResourceEditor {
  private final ObjectNode resource;
  private final IdentityProvider idp;
  private final ValueReader reader;
  private final ValueWriter writer;
  private final Effort effort = new Effort();

  /** An editor for one request: what it may look at is counted. */
  public ResourceEditor(ObjectNode resource, IdentityProvider idp) {
    this.resource = resource;
    this.idp = idp;
    this.reader = new ValueReader(idp);
    this.writer = new ValueWriter(reader);
  }

  /** Sets a single value, merges a complex one, extends a multi-valued one. */
  public void add(Target target, Optional<Filter> filter, JsonNode value) {
    if (!value.isNull()) {
      change(target, () -> write(target, filter, value, Mode.ADD));
    }
  }

  /** Sets a single value, merges a complex one, exchanges a multi-valued one. */
  public void replace(Target target, Optional<Filter> filter, JsonNode value) {
    change(target, () -> write(target, filter, value, Mode.REPLACE));
  }

  /**
   * Unassigns; what is unassigned already stays so.
   *
   * @param value the elements to remove, where a sender may name them so; of all others it says
   *     nothing
   */
  public void remove(Target target, Optional<Filter> filter, Optional<JsonNode> value) {
    if (target.leaf().traits().required()) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' is required");
    }
    if (value.isPresent() && !idp.forgives(Leniency.REMOVE_BY_VALUE)) {
      throw ValueReader.invalid(target.label(), "is removed without a value; use a filter");
    }
    change(target, () -> erase(target, filter, value));
  }

  private void change(Target target, Runnable step) {
    if (target.isReadOnly()) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' is read-only");
    }
    JsonNode before = target.isImmutable() ? target.in(resource).deepCopy() : resource;
    step.run();
    dropEmpty(target);
    boolean fixed = target.isImmutable() && !before.isMissingNode();
    if (fixed && !target.attribute().sameValue(before, target.in(resource))) {
      throw new Refusal(Kind.MUTABILITY, "'" + target.label() + "' cannot be changed");
    }
  }

  private void write(Target target, Optional<Filter> filter, JsonNode raw, Mode mode) {
    var attribute = target.attribute();
    if (attribute.traits().multiValued()) {
      elements(target).write(filter, raw, mode);
      return;
    }
    requireNoFilter(target, filter);
    var holder = holder(target);
    if (target.sub().isPresent()) {
      writer
          .readSub(target, target.sub().get(), raw)
          .in(object(holder, attribute.name()), attribute);
    } else if (attribute.type() == Attribute.Type.COMPLEX && !reader.clears(attribute, raw)) {
      var object = object(holder, attribute.name());
      writer.readParts(target, raw, mode).forEach(it -> it.in(object, attribute));
    } else {
      writer.read(attribute, raw, target.label()).in(holder);
    }
  }

  private void erase(Target target, Optional<Filter> filter, Optional<JsonNode> value) {
    if (target.attribute().traits().multiValued()) {
      elements(target).erase(filter, value);
      return;
    }
    requireNoFilter(target, filter);
    var holder = holder(target);
    if (target.sub().isPresent()) {
      new ValueWriter.Change(target.sub().get(), Optional.empty())
          .in(object(holder, target.attribute().name()), target.attribute());
    } else {
      holder.remove(target.attribute().name());
    }
  }

  private ObjectNode holder(Target target) {
    return target.extension().map(it -> object(resource, it.urn())).orElse(resource);
  }

  private static ObjectNode object(ObjectNode holder, String name) {
    return holder.path(name) instanceof ObjectNode object ? object : holder.putObject(name);
  }

  private ElementEditor elements(Target target) {
    var name = target.attribute().name();
    var holder = holder(target);
    var array = holder.path(name) instanceof ArrayNode it ? it : holder.putArray(name);
    var list = new ElementList(target.attribute(), array, target.whole().label());
    return new ElementEditor(target, list, idp, effort);
  }

  /** Nothing empty stays behind: not the element, the attribute nor the extension. */
  private void dropEmpty(Target target) {
    var holder = holder(target);
    JsonNode value = holder.path(target.attribute().name());
    if (value instanceof ArrayNode array) {
      array.removeIf(it -> it.isContainerNode() && it.isEmpty());
    }
    if (value.isContainerNode() && value.isEmpty()) {
      holder.remove(target.attribute().name());
    }
    target.extension().filter(it -> holder.isEmpty()).ifPresent(it -> resource.remove(it.urn()));
  }

  private static void requireNoFilter(Target target, Optional<Filter> filter) {
    if (filter.isPresent()) {
      throw new Refusal(Kind.INVALID_PATH, "'" + target.label() + "' takes no filter");
    }
  }
}
