package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the prose together: links lead somewhere, and every page can be found. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```");

  /** A link of a page; the anchor is what follows the {@code #}. */
  private record Link(Path from, Path to, Optional<String> anchor) {}

  @Test
  void everyRelativeLinkLeadsToAFile() throws IOException {
    assertThat(pages()).flatMap(DocumentationTest::links).allMatch(it -> Files.exists(it.to()));
  }

  @Test
  void everyAnchorNamesAHeading() throws IOException {
    var anchored = pages().stream().flatMap(page -> links(page).stream());

    assertThat(anchored.filter(link -> link.anchor().isPresent()))
        .isNotEmpty()
        .allMatch(link -> anchors(link.to()).contains(link.anchor().orElseThrow()));
  }

  @Test
  void everyPageIsReachableFromTheReadme() throws IOException {
    assertThat(reachable(ROOT.resolve("README.md"))).containsAll(pages());
  }

  private static Set<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      var pages = new TreeSet<Path>();
      Stream.concat(top, docs).filter(it -> it.toString().endsWith(".md")).forEach(pages::add);
      return pages;
    }
  }

  private static Set<Path> reachable(Path start) {
    var seen = new TreeSet<>(Set.of(start));
    var next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      links(next.remove()).stream()
          .map(Link::to)
          .filter(it -> it.toString().endsWith(".md") && seen.add(it))
          .forEach(next::add);
    }
    return seen;
  }

  private static List<Link> links(Path page) {
    return LINK.matcher(prose(page))
        .results()
        .map(it -> it.group(1))
        .filter(it -> !it.contains("://"))
        .map(it -> link(page, it))
        .toList();
  }

  private static Link link(Path from, String text) {
    int hash = text.indexOf('#');
    var file = hash < 0 ? text : text.substring(0, hash);
    var anchor = hash < 0 ? Optional.<String>empty() : Optional.of(text.substring(hash + 1));
    return new Link(from, file.isEmpty() ? from : from.resolveSibling(file).normalize(), anchor);
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) {
    return HEADING
        .matcher(prose(page))
        .results()
        .map(it -> it.group(1).toLowerCase(Locale.ROOT))
        .map(it -> it.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static String prose(Path page) {
    try {
      return CODE.matcher(Files.readString(page)).replaceAll("");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
