import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds every Java file under a directory to google-java-format. {@code pom.xml} starts it on the
 * selected JDK, because Maven's own may be 17, which cannot parse record patterns.
 *
 * <p>Arguments: {@code check} or {@code apply}, then the directory.
 */
final class Format {
  public static void main(String[] args) throws IOException, FormatterException {
    boolean apply = args[0].equals("apply");
    var wrong = new ArrayList<Path>();
    for (Path file : javaFiles(Path.of(args[1]))) {
      String before = Files.readString(file);
      String after = new Formatter().formatSourceAndFixImports(before);
      if (!after.equals(before)) {
        wrong.add(file);
        if (apply) {
          Files.writeString(file, after);
        }
      }
    }
    if (!wrong.isEmpty() && !apply) {
      System.err.println("Not in google-java-format; mvn -Pformat puts it right:");
      wrong.forEach(System.err::println);
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
