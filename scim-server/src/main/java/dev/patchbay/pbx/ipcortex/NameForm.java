package dev.patchbay.pbx.ipcortex;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which characters a user's real name may have; documented for companies only. */
enum NameForm {
  /** Any. */
  AS_IS,
  /** Those of a company's name: letters without accents, digits, blank and {@code . , ; - _}. */
  PLAIN;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-zA-Z0-9.,;\\-_ ]+");
  // What Unicode does not take apart.
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'Æ', "Ae"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'Ø', "O"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'Œ', "Oe"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'Đ', "D"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'Ł', "L"),
          Map.entry((int) 'ı', "i"));

  String of(String name) {
    return switch (this) {
      case AS_IS -> name;
      case PLAIN -> plain(name);
    };
  }

  private static String plain(String name) {
    String letters =
        name.codePoints()
            .mapToObj(each -> LETTERS.getOrDefault(each, Character.toString(each)))
            .collect(Collectors.joining());
    String bare = MARKS.matcher(Normalizer.normalize(letters, Normalizer.Form.NFKD)).replaceAll("");
    return OTHERS.matcher(bare).replaceAll("_").strip();
  }
}
