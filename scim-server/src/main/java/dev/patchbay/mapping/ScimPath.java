package dev.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Sets and removes one attribute of a resource, named by its path of attribute names. */
public final class ScimPath {
  private ScimPath() {}

  /** Makes the attribute in {@code to} what it is in {@code from}, absence included. */
  public static void copy(List<String> path, ObjectNode from, ObjectNode to) {
    JsonNode value = from;
    for (String name : path) {
      value = value.path(name);
    }
    if (value.isMissingNode()) {
      remove(path, to);
    } else {
      parent(path, to).set(path.getLast(), value.deepCopy());
    }
  }

  /** Removes the attribute, and what it leaves empty above it. */
  static void remove(List<String> path, ObjectNode resource) {
    String name = path.getFirst();
    if (path.size() == 1) {
      resource.remove(name);
    } else if (resource.get(name) instanceof ObjectNode below) {
      remove(path.subList(1, path.size()), below);
      if (below.isEmpty()) {
        resource.remove(name);
      }
    }
  }

  private static ObjectNode parent(List<String> path, ObjectNode resource) {
    ObjectNode parent = resource;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = parent.get(name) instanceof ObjectNode below ? below : parent.putObject(name);
    }
    return parent;
  }
}
