package dev.patchbay.mapping;

import dev.patchbay.config.Section;
import dev.patchbay.pbx.api.PbxField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads pools of extension numbers; what two of them could fall out over stops the start. */
record PoolSettings(Section section, Pool pool) {

  static List<Pool> from(Map<String, Section> sections, KnownPbx pbx) {
    var read = new ArrayList<PoolSettings>();
    sections.forEach(
        (name, section) ->
            section
                .read(it -> pool(name, it, pbx))
                .map(pool -> new PoolSettings(section, pool))
                .ifPresent(
                    settings -> {
                      read.forEach(settings::checkApart);
                      read.add(settings);
                    }));
    return read.stream().map(PoolSettings::pool).toList();
  }

  private static Pool pool(String name, Section section, KnownPbx pbx) {
    var pool =
        new Pool(
            name,
            ranges(section, pbx),
            section.values("reserved", NumberRange.FORM, Pool.RESERVED, NumberRange::parse),
            section.duration("quarantine", Duration.ofDays(30)),
            section.strings("departments", List.of()));
    if (section.has("reserved")) {
      pool.reserved().stream()
          .filter(reserved -> pool.ranges().stream().noneMatch(reserved::overlaps))
          .forEach(it -> section.reject("reserved", it + " is in none of " + pool.ranges()));
    }
    if (pool.first().isEmpty()) {
      section.reject("reserved", "leaves no number of " + pool.ranges());
    }
    return pool;
  }

  private static List<NumberRange> ranges(Section section, KnownPbx pbx) {
    var ranges = section.values("ranges", NumberRange.FORM, List.of(), NumberRange::parse);
    if (!section.has("ranges")) {
      section.reject("ranges", "is missing, expected " + NumberRange.FORM);
    }
    for (int i = 0; i < ranges.size(); i++) {
      var range = ranges.get(i);
      ranges.subList(0, i).stream()
          .filter(range::overlaps)
          .forEach(other -> section.reject("ranges", range + " overlaps " + other));
      pbx.longest(PbxField.EXTENSION)
          .filter(longest -> range.first().length() > longest)
          .ifPresent(
              most ->
                  section.reject("ranges", range + " is wider than the pbx's " + most + " digits"));
    }
    return ranges;
  }

  private void checkApart(PoolSettings other) {
    var named = "pool '" + other.pool.name() + "'";
    if (pool.name().equalsIgnoreCase(other.pool.name())) {
      section.reject("ranges", "differs from " + named + " in case alone");
    }
    for (NumberRange range : pool.ranges()) {
      other.pool.ranges().stream()
          .filter(range::overlaps)
          .forEach(it -> section.reject("ranges", range + " overlaps " + it + " of " + named));
    }
    pool.departments().stream()
        .filter(it -> other.pool.departments().stream().anyMatch(it::equalsIgnoreCase))
        .forEach(it -> section.reject("departments", "'" + it + "' has " + named + " already"));
  }
}
