package dev.patchbay.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.pbx.SwitchPositions.Position;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwitchPositionsTest {
  private static final List<List<Position<String>>> SWITCHES =
      List.of(named("a", 3), named("b", 3), named("c", 2), named("d", 2), named("e", 2));

  private static List<Position<String>> named(String name, int positions) {
    return IntStream.range(0, positions)
        .mapToObj(i -> Position.<String>of(name + i, text -> text + name + i))
        .toList();
  }

  @Test
  void everyPositionMeetsEveryPositionOfEveryOtherSwitch() {
    var rows = SwitchPositions.pairs(SWITCHES);

    for (var one : SWITCHES) {
      for (var other : SWITCHES) {
        for (var position : one) {
          for (var met : other) {
            if (!one.equals(other)) {
              assertThat(rows).anyMatch(row -> row.has(position.name()) && row.has(met.name()));
            }
          }
        }
      }
    }
    assertThat(rows).hasSizeLessThanOrEqualTo(11); // of 72; 9 are the least there can be
  }

  @Test
  void everyPositionIsInOneOfTheFewest() {
    var rows = SwitchPositions.singles(SWITCHES);

    assertThat(rows).hasSize(3);
    for (var positions : SWITCHES) {
      for (var position : positions) {
        assertThat(rows).anyMatch(row -> row.has(position.name()));
      }
    }
  }

  @Test
  void aRowSetsAllItsSwitches() {
    assertThat(SwitchPositions.pairs(SWITCHES).getFirst().emulated("")).isEqualTo("a0b0c0d0e0");
  }
}
