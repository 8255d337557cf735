package dev.patchbay.pbx.portsip;

import dev.patchbay.config.Section;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The PortSIP versions between which the API changed. */
enum ApiLevel {
  V22_0,
  V22_2,
  V22_3,
  V22_4,
  V22_6;

  boolean atLeast(ApiLevel other) {
    return compareTo(other) >= 0;
  }

  static ApiLevel from(Section section) {
    Set<String> words =
        Arrays.stream(values())
            .map(ApiLevel::word)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String word = section.choice("api-level", V22_2.word(), words);
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst().orElseThrow();
  }

  /** As it stands in the configuration: {@code 22.2}. */
  private String word() {
    return name().substring(1).replace('_', '.');
  }
}
