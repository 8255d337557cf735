package dev.patchbay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FoldingProperties {

  @Property
  void foldsInPartsAsItWouldInOne(@ForAll("texts") String text) {
    assertThat(Attribute.folded(text))
        .isEqualTo(text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
  }

  /** Letters that change their length or look around themselves, at any place of a part. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "B", " ", "ß", "İ", "ı", "Σ", "ς", "ŉ", "ΐ", "ﬃ", "i̇", "𐐨", "\ud801")
        .list()
        .ofMaxSize(300)
        .map(it -> String.join("", it));
  }
}
