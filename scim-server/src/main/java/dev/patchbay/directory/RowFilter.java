package dev.patchbay.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.schema.Filter;
import dev.patchbay.schema.FilterMatcher;
import dev.patchbay.schema.ResourceType;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** The part of a filter that SQL could not answer, asked of one candidate after the other. */
final class RowFilter implements Predicate<Stored> {
  private static final int PART = 1000; // members of a group read at once

  private final Handle handle;
  private final ResourceType type;
  private final FilterMatcher matcher;
  private final IdentityHashMap<Filter, Predicate<JsonNode>> elements = new IdentityHashMap<>();

  RowFilter(Handle handle, Filter filter, ResourceType type) {
    this.handle = handle;
    this.type = type;
    this.matcher =
        FilterMatcher.of(
            filter,
            type,
            Map.of(
                "groups",
                (user, element) -> any("groups", groups(user), element),
                "members",
                (group, element) -> anyMember(group, element)));
  }

  @Override
  public boolean test(Stored candidate) {
    var tree = ResourceTree.of(candidate, type);
    ResourceTree.addPbxId(tree, candidate, type);
    tree.set("meta", ResourceTree.meta(candidate));
    return matcher.test(tree);
  }

  /** No row is one unassigned value, as with any other attribute a resource lacks. */
  private boolean any(String attribute, List<ObjectNode> rows, Filter element) {
    var test = elementTest(attribute, element);
    return rows.isEmpty() ? test.test(MissingNode.getInstance()) : rows.stream().anyMatch(test);
  }

  private Predicate<JsonNode> elementTest(String attribute, Filter element) {
    return elements.computeIfAbsent(
        element, it -> FilterMatcher.element(type.core().attribute(attribute).orElseThrow(), it));
  }

  private List<ObjectNode> groups(ObjectNode user) {
    return Memberships.groupsOf(handle, List.of(user.path("id").asText())).stream()
        .map(it -> ResourceTree.group(it, ""))
        .toList();
  }

  /** Part by part: the group may be large, and its first member may do. */
  private boolean anyMember(ObjectNode group, Filter element) {
    var id = group.path("id").asText();
    var part = EntryRows.members(handle, id, "", PART);
    boolean found = any("members", members(part), element);
    while (!found && part.size() == PART) {
      part = EntryRows.members(handle, id, part.getLast().id(), PART);
      found = !part.isEmpty() && any("members", members(part), element);
    }
    return found;
  }

  private static List<ObjectNode> members(List<EntryRows.Member> part) {
    return part.stream().map(it -> ResourceTree.member(it.id(), it.label(), "")).toList();
  }
}
