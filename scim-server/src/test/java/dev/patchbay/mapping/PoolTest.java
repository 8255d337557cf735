package dev.patchbay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {

  private static Pool pool(List<String> ranges, String... reserved) {
    return new Pool(
        "default",
        ranges.stream().map(NumberRange::parse).toList(),
        Stream.of(reserved).map(NumberRange::parse).toList(),
        Duration.ofDays(30),
        List.of());
  }

  private static List<String> numbers(Pool pool) {
    return Stream.iterate(pool.first(), Optional::isPresent, number -> pool.next(number.get()))
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void beginsAnewWithOtherNumbers() {
    var shape = pool(List.of("1000-1999")).shape();

    assertThat(pool(List.of("1000-1999")).shape()).isEqualTo(shape);
    assertThat(pool(List.of("0100-0199")).shape()).isNotEqualTo(shape);
    assertThat(pool(List.of("1000-2999")).shape()).isNotEqualTo(shape);
    assertThat(pool(List.of("1000-1999"), "1500").shape()).isNotEqualTo(shape);
  }

  @Test
  void handsOutTheLowestFirstAndKeepsTheWidth() {
    assertThat(numbers(pool(List.of("0200-0201", "0098-0100"))))
        .containsExactly("0098", "0099", "0100", "0200", "0201");
  }

  @Test
  void handsOutShorterNumbersFirst() {
    assertThat(numbers(pool(List.of("0998-0999", "998-999"))))
        .containsExactly("998", "999", "0998", "0999");
  }

  @Test
  void skipsReservedNumbersAndRanges() {
    assertThat(numbers(pool(List.of("550-560", "700-701"), "555", "550-552", "556-600")))
        .containsExactly("553", "554", "700", "701");
  }

  @Test
  void isEmptyWhenEverythingIsReserved() {
    var pool = pool(List.of("555-556"), "500-599");

    assertThat(pool.first()).isEmpty();
    assertThat(pool.contains("555")).isFalse();
  }

  @Test
  void goesOnAfterANumberThatIsNotItsOwn() {
    var pool = pool(List.of("1000-1999", "3000-3999"));

    assertThat(pool.next("999")).contains("1000");
    assertThat(pool.next("2500")).contains("3000");
    assertThat(pool.next("1999")).contains("3000");
    assertThat(pool.next("3999")).isEmpty();
    assertThat(pool.next("00005")).isEmpty();
  }

  @Test
  void tellsNumbersOfAnotherWidthApart() {
    var pool = pool(List.of("0100-0199"));

    assertThat(pool.contains("0150")).isTrue();
    assertThat(pool.contains("150")).isFalse();
    assertThat(pool.contains("00150")).isFalse();
  }

  @Test
  void findsItsWayInAHugeRange() {
    var pool = pool(List.of("1" + "0".repeat(63) + "-" + "9".repeat(64)));

    assertThat(pool.next("9".repeat(63))).contains("1" + "0".repeat(63));
    assertThat(pool.next("9".repeat(64))).isEmpty();
  }

  @Test
  void refusesOverlappingRangesAndNone() {
    assertThatThrownBy(() -> pool(List.of("1500-2500", "1000-1500")))
        .hasMessageContaining("1000-1500 and 1500-2500 overlap");
    assertThatThrownBy(() -> pool(List.of())).hasMessageContaining("at least one range");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12", "1999-1000", "100-1000", "1000-", "a000-a999", "", "1000-1999-2999"})
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> NumberRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void theNextNumberIsTheLeastAboveThatThePoolContains(
      @ForAll @IntRange(min = 0, max = 999) int from,
      @ForAll @IntRange(min = 0, max = 999) int to,
      @ForAll @IntRange(min = 0, max = 999) int reserved,
      @ForAll @IntRange(min = 0, max = 999) int after) {
    var pool =
        pool(
            List.of("%03d-%03d".formatted(Math.min(from, to), Math.max(from, to))),
            "%03d-%03d".formatted(reserved, Math.min(999, reserved + 10)));

    var expected =
        Stream.iterate(after + 1, number -> number < 1000, number -> number + 1)
            .map("%03d"::formatted)
            .filter(pool::contains)
            .findFirst();

    assertThat(pool.next("%03d".formatted(after))).isEqualTo(expected);
  }
}
