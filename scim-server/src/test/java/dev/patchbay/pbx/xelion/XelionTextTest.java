package dev.patchbay.pbx.xelion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XelionTextTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @ParameterizedTest
  @CsvSource({
    "Zoë Müller, Zoë Müller",
    "Łukasz Żółć, Lukasz Zólc",
    "Nguyễn Văn Ánh, Nguyen Van Ánh",
    "Анна Иванова, Anna Ivanova",
    "Ελένη, Elene",
    "'  Jan   de\tJager ', Jan de Jager",
    "Price €5, Price €5"
  })
  void writesWhatHasNoPlaceInLatinLetters(String text, String kept) {
    assertThat(XelionText.kept(text)).isEqualTo(kept);
  }

  @Property(tries = 300)
  void whatIsKeptSurvivesXelionAndIsKeptAsItIs(@ForAll String text) {
    String kept = XelionText.kept(text);

    assertThat(new String(kept.getBytes(WINDOWS), WINDOWS)).isEqualTo(kept);
    assertThat(XelionText.kept(kept)).isEqualTo(kept);
    assertThat(kept.length()).isLessThanOrEqualTo(XelionText.LONGEST);
  }
}
