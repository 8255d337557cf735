package dev.patchbay.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables as spreadsheets keep them: RFC 4180, the first line naming the columns. */
final class Csv {
  private Csv() {}

  /** The rows by the names of their columns; an empty line is no row. */
  static List<Map<String, String>> read(String text) {
    var lines = lines(text.startsWith("\uFEFF") ? text.substring(1) : text);
    var rows = new ArrayList<Map<String, String>>();
    for (List<String> line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      var row = new HashMap<String, String>();
      for (int i = 0; i < Math.min(line.size(), lines.getFirst().size()); i++) {
        row.put(lines.getFirst().get(i).strip(), line.get(i).strip());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> lines(String text) {
    var lines = new ArrayList<List<String>>();
    var line = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(text.charAt(++i)); // two quotes within quotes are one
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
        cell.append(c);
      } else {
        line.add(cell.toString());
        cell.setLength(0);
        if (c != ',') {
          end(lines, line);
          line = new ArrayList<>();
        }
      }
    }
    line.add(cell.toString());
    end(lines, line);
    return lines;
  }

  private static void end(List<List<String>> lines, List<String> line) {
    if (!line.stream().allMatch(String::isBlank)) {
      lines.add(line);
    }
  }

  static String line(List<String> cells) {
    var quoted = new ArrayList<String>();
    for (String cell : cells) {
      boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
      quoted.add(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
    }
    return String.join(",", quoted);
  }
}
