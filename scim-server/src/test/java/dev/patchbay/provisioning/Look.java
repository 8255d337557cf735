package dev.patchbay.provisioning;

import dev.patchbay.directory.Entry;
import dev.patchbay.directory.EntryType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The store at one moment.
 *
 * @param entries every entry, whether reads show it or not
 * @param shown those reads show, by what the test calls them
 * @param directory what reads say
 * @param reserved names and numbers that are somebody's, each after its kind
 */
record Look(
    List<Entry> entries,
    Map<String, Entry> shown,
    Map<String, String> directory,
    Set<String> reserved) {

  /** One row of a group that reads show. */
  record Member(String group, String user) {}

  /**
   * @param labels what the test calls an id
   */
  static Look of(
      List<Entry> entries, Map<String, String> labels, List<Member> members, Set<String> reserved) {
    var shown = new TreeMap<String, Entry>();
    var names = new TreeMap<String, String>();
    var facts = new TreeMap<String, String>();
    for (Entry entry : entries) {
      if (entry.life().visible()) {
        var label = labels.getOrDefault(entry.id(), name(entry));
        names.put(entry.id(), label);
        shown.put(label, entry);
        facts.putAll(Facts.shown(label, entry));
      }
    }
    members.stream()
        .filter(row -> names.containsKey(row.group()))
        .forEach(row -> facts.put(names.get(row.group()) + "." + names.get(row.user()), Facts.IN));
    return new Look(entries, shown, facts, reserved);
  }

  static String name(Entry entry) {
    return entry
        .resource()
        .path(entry.type() == EntryType.USER ? "userName" : "displayName")
        .asText();
  }

  boolean blocked() {
    return shown.values().stream().anyMatch(it -> Provisioning.state(it).equals("blocked"));
  }

  /** The numbers of a group's members. */
  Set<String> extensions(String group) {
    return shown.entrySet().stream()
        .filter(it -> it.getValue().type() == EntryType.USER)
        .filter(it -> directory.containsKey(group + "." + it.getKey()))
        .map(it -> UserTarget.extension(it.getValue().resource()))
        .collect(Collectors.toSet());
  }
}
