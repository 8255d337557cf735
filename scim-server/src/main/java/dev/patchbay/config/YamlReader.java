package dev.patchbay.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Text to nodes. Aliases are followed, but only as far as a configuration by hand would go. */
final class YamlReader {
  // A mapping shared by a few dozen tenants fits; a few lines that unfold to gigabytes do not.
  private static final int MOST_NODES = 100_000;
  private static final int MOST_ALIASES = 100;
  private static final int DEEPEST = 30;

  private final String file;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private int nodes;

  private YamlReader(String file) {
    this.file = file;
  }

  /** The file's mapping; an empty file is an empty mapping. Syntax errors and duplicates throw. */
  static YamlNode.Mapping read(String file, String text) {
    return new YamlReader(file).read(text);
  }

  private YamlNode.Mapping read(String text) {
    YamlNode root = compose(text).map(node -> convert(node, "", 0)).orElse(new YamlNode.Nothing(1));
    YamlNode.Mapping mapping =
        switch (root) {
          case YamlNode.Mapping found -> found;
          case YamlNode.Nothing nothing -> YamlNode.Mapping.EMPTY;
          case YamlNode.Text found -> notAMapping(found);
          case YamlNode.Sequence found -> notAMapping(found);
        };
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return mapping;
  }

  private YamlNode.Mapping notAMapping(YamlNode found) {
    String kind = found instanceof YamlNode.Sequence ? "a list" : "plain text";
    problem(found.line(), "", "expected a mapping (key: value), found " + kind);
    return YamlNode.Mapping.EMPTY;
  }

  private Optional<Node> compose(String text) {
    var settings =
        LoadSettings.builder()
            .setLabel(file)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowRecursiveKeys(false)
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw unreadable(line, e.getProblem());
    } catch (YamlEngineException e) {
      throw unreadable(0, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private ConfigException unreadable(int line, String why) {
    return new ConfigException(List.of(new ConfigProblem(place(line), "", "not YAML: " + why)));
  }

  private YamlNode convert(Node node, String path, int depth) {
    int line = line(node);
    if (depth > DEEPEST || ++nodes > MOST_NODES) {
      throw unreadable(line, "more than this file can mean: aliases or nesting out of hand");
    }
    return switch (node) {
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new YamlNode.Nothing(line);
      case ScalarNode scalar -> new YamlNode.Text(scalar.getValue(), line);
      case SequenceNode sequence -> sequence(sequence, path, depth, line);
      case MappingNode mapping -> mapping(mapping, path, depth, line);
      default -> throw unreadable(line, "unexpected " + node.getNodeType());
    };
  }

  private YamlNode.Sequence sequence(SequenceNode sequence, String path, int depth, int line) {
    var items = new ArrayList<YamlNode>();
    for (Node item : sequence.getValue()) {
      items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
    }
    return new YamlNode.Sequence(List.copyOf(items), line);
  }

  private YamlNode.Mapping mapping(MappingNode mapping, String path, int depth, int line) {
    var entries = new LinkedHashMap<String, YamlNode>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problem(line(tuple.getKeyNode()), path, "expected plain text as a key");
        continue;
      }
      String name = key.getValue();
      String keyPath = path.isEmpty() ? name : path + "." + name;
      YamlNode before = entries.put(name, convert(tuple.getValueNode(), keyPath, depth + 1));
      if (before != null) {
        problem(line(key), keyPath, "stands here a second time, first in line " + before.line());
      }
    }
    return new YamlNode.Mapping(entries, line);
  }

  private void problem(int line, String key, String message) {
    problems.add(new ConfigProblem(place(line), key, message));
  }

  private String place(int line) {
    return line == 0 ? file : file + ":" + line;
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
