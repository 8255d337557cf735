package dev.patchbay.schema;

import static dev.patchbay.schema.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.schema.Filter.And;
import dev.patchbay.schema.Filter.Comparison;
import dev.patchbay.schema.Filter.Literal;
import dev.patchbay.schema.Filter.Not;
import dev.patchbay.schema.Filter.Operator;
import dev.patchbay.schema.Filter.Or;
import dev.patchbay.schema.Filter.Present;
import dev.patchbay.schema.Filter.ValueFilter;
import dev.patchbay.schema.Refusal.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

  @Test
  void readsPathOperatorAndValue() {
    assertThat(FilterParser.parse("userName eq \"ada\"")).isEqualTo(eq("userName", "ada"));
  }

  @ParameterizedTest
  @EnumSource
  void readsEveryOperatorInAnyCase(Operator operator) {
    var expected = new Comparison(AttributePath.of("title"), operator, new Literal.Text("x"));

    assertThat(FilterParser.parse("title " + operator.word() + " \"x\"")).isEqualTo(expected);
    assertThat(FilterParser.parse("title " + operator.name() + " \"x\"")).isEqualTo(expected);
  }

  @Test
  void andBindsTighterThanOr() {
    assertThat(FilterParser.parse("a pr or b pr and c pr"))
        .isEqualTo(new Or(List.of(pr("a"), new And(List.of(pr("b"), pr("c"))))));
  }

  @Test
  void parenthesesBindTightest() {
    assertThat(FilterParser.parse("(a pr OR b pr) AND c pr"))
        .isEqualTo(new And(List.of(new Or(List.of(pr("a"), pr("b"))), pr("c"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not (a pr) and b pr", "not(a pr) and b pr", "NOT(a pr)AND b pr"})
  void notHoldsForItsParenthesesOnly(String text) {
    assertThat(FilterParser.parse(text)).isEqualTo(new And(List.of(new Not(pr("a")), pr("b"))));
  }

  @Test
  void readsFiltersOverOneElement() {
    assertThat(FilterParser.parse("emails[type eq \"work\" and value co \"@x\"]"))
        .isEqualTo(
            new ValueFilter(
                AttributePath.of("emails"),
                new And(
                    List.of(
                        eq("type", "work"),
                        new Comparison(
                            AttributePath.of("value"), Operator.CO, new Literal.Text("@x"))))));
  }

  @Test
  void aSubAttributeBehindBracketsBelongsToTheSameElement() {
    assertThat(FilterParser.parse("emails[type eq \"work\"].value eq \"a@x\""))
        .isEqualTo(FilterParser.parse("emails[type eq \"work\" and value eq \"a@x\"]"));
  }

  @Test
  void aUrnEndsAtItsLastColon() {
    var urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    assertThat(FilterParser.parse(urn + ":manager.value pr"))
        .isEqualTo(
            new Present(new AttributePath(Optional.of(urn), "manager", Optional.of("value"))));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "true, true",
        "False, false",
        "null, null",
        "12, 12",
        "-1.5e3, -1.5E+3",
        "\"x\", \"x\"",
      })
  void readsEveryKindOfValue(String written, String printed) {
    assertThat(FilterParser.parse("a eq " + written)).hasToString("a eq " + printed);
  }

  @Test
  void aNumberIsExact() {
    var filter = (Comparison) FilterParser.parse("a eq 0.1000000000000000000001");

    assertThat(filter.value())
        .isEqualTo(new Literal.Numeral(new BigDecimal("0.1000000000000000000001")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"say \\\"hi\\\"\", say \"hi\"",
        "\"O'Brien (x) [y]\", O'Brien (x) [y]",
        "\"caf\\u00e9\", café",
        "\"日本 and 😀\", 日本 and 😀",
        "\"a\\\\\", a\\",
      })
  void readsStringsAsJsonWritesThem(String written, String meant) {
    assertThat(FilterParser.parse("a eq " + written)).isEqualTo(eq("a", meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "userName",
        "userName eq",
        "eq \"x\"",
        "userName is \"x\"",
        "userName eq x",
        "userName eq 'x'",
        "userName eq \"x",
        "userName eq \"x\\\"",
        "userName eq \"\\q\"",
        "userName eq \"a\tb\"",
        "userName eq \"\\u0000\"",
        "userName eq \"\\ud800\"",
        "userName eq 01",
        "userName eq 1e99999",
        "userName eq \"x\" and",
        "userName eq \"x\" userName eq \"y\"",
        "and userName pr",
        "not userName pr",
        "(userName pr",
        "userName pr)",
        "()",
        "emails[]",
        "emails[type pr",
        "emails[type pr]]",
        "emails.value[type pr]",
        "emails[emails.type pr]",
        "emails[type[x pr]]",
        "emails[urn:x:type pr]",
        "emails[type pr].",
        "emails[type pr].value",
        "emails[type pr].a.b pr",
        "a.b.c pr",
        "user%4eame pr",
        "1a pr",
        "urn:x: pr",
        ":a pr",
        ".a pr",
      })
  void refusesWhatIsNoFilter(String text) {
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse(text)).isNotBlank();
  }

  @Test
  void saysWhereTheFilterGoesWrong() {
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse("userName eq ada"))
        .isEqualTo("filter: 'ada' is no value; strings are quoted at character 13");
  }

  @Test
  void takesTheDeepestAndRefusesOneDeeper() {
    int depth = FilterParser.MAX_DEPTH;

    assertThat(FilterParser.parse(nested("(", depth, ")"))).isEqualTo(pr("a"));
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse(nested("(", depth + 1, ")")))
        .contains("nested");
  }

  @ParameterizedTest
  @CsvSource({"(, )", "not(, )", "not (, )"})
  void refusesTenThousandLevelsWithoutOverflow(String open, String close) {
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse(nested(open, 10_000, close)));
  }

  @Test
  void refusesOneHundredKilobytes() {
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse("a eq \"" + "x".repeat(100_000) + "\""))
        .contains("longer");
  }

  @Test
  void takesAsManyTermsAsAllowedAndNotOneMore() {
    var most = "a pr" + " or a pr".repeat(FilterParser.MAX_TERMS - 1);

    assertThat(FilterParser.parse(most)).isInstanceOf(Or.class);
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse(most + " or a pr")).contains("256");
  }

  @Test
  void doesNotEchoAllOfALongWord() {
    refused(Kind.INVALID_FILTER, () -> FilterParser.parse("a eq " + "x".repeat(10_000)))
        .hasSizeLessThan(200);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "userName, userName, ",
        "name.givenName, name.givenName, ",
        "urn:a:2.0:User:manager.value, urn:a:2.0:User:manager.value, ",
        "emails[type eq \"work\"], emails, type eq \"work\"",
        "emails[type eq \"work\"].value, emails.value, type eq \"work\"",
        "emails[type eq \"a.b]\"].value, emails.value, type eq \"a.b]\"",
        "urn:a:2.0:User:x[y pr].z, urn:a:2.0:User:x.z, y pr",
      })
  void readsPathsOfPatchOperations(String text, String attribute, String filter) {
    var path = PatchPath.parse(text);

    assertThat(path.attribute()).hasToString(attribute);
    assertThat(path.filter().map(Filter::toString)).isEqualTo(Optional.ofNullable(filter));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b.c",
        "a b",
        "a..b",
        "[type pr]",
        "emails.value[type pr]",
        "a[b pr]c",
        "/a",
        "é"
      })
  void refusesWhatIsNoPath(String text) {
    refused(Kind.INVALID_PATH, () -> PatchPath.parse(text)).contains("path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[", "a[]", "a[b]", "a[b eq", "a[b eq \"x]", "a[b pr and]"})
  void refusesAPathsFilterAsAFilter(String text) {
    refused(Kind.INVALID_FILTER, () -> PatchPath.parse(text));
  }

  private static String nested(String open, int depth, String close) {
    return open.repeat(depth) + "a pr" + close.repeat(depth);
  }

  private static Filter eq(String path, String text) {
    return new Comparison(AttributePath.of(path), Operator.EQ, new Literal.Text(text));
  }

  private static Filter pr(String path) {
    return new Present(AttributePath.of(path));
  }
}
