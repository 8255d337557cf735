package dev.patchbay.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Tables as spreadsheets keep them: RFC 4180 in UTF-8, the first line naming the columns. */
final class Csv {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  private static final ObjectReader ROWS =
      MAPPER.readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader());

  private Csv() {}

  /**
   * The rows by the names of their columns.
   *
   * @param keys columns of which the file needs one, or it is some other file
   */
  static List<Map<String, String>> read(Path file, List<String> keys) {
    try (MappingIterator<Map<String, String>> rows = ROWS.readValues(text(file))) {
      var read = rows.readAll();
      var columns = ((CsvSchema) rows.getParserSchema()).getColumnNames();
      if (Collections.disjoint(columns, keys)) {
        throw CommandFailed.because(
            "%s: expected columns with a comma between, %s among them, but the first line names %s"
                .formatted(file, String.join(" or ", keys), String.join(", ", columns)));
      }
      return read;
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "expected UTF-8", e);
    } catch (JsonProcessingException e) {
      throw unreadable(
          file, "line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith("\uFEFF") ? text.substring(1) : text; // as Excel begins UTF-8
  }

  private static CommandFailed unreadable(Path file, String why, Exception cause) {
    return CommandFailed.because("cannot read " + file + ": " + why, cause);
  }

  /** Writes rows below a line that names the columns; the writer stays open. */
  static SequenceWriter to(Writer writer, List<String> columns) throws IOException {
    var schema = CsvSchema.builder().addColumns(columns, CsvSchema.ColumnType.STRING);
    return MAPPER.writer(schema.setUseHeader(true).build()).writeValues(writer);
  }
}
