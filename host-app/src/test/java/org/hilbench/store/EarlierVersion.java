package org.hilbench.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * A search that was made when the store had its second schema, which knew two fidelities in place
 * of rungs, with what was shown of it then; its rejections in the words of today.
 */
public final class EarlierVersion {
  private EarlierVersion() {}

  /** Puts its file into this folder. */
  public static Path unpacked(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve(SqliteTrialStore.FILE_NAME);
    try (InputStream packed = resource("schema-2.db.gz");
        InputStream bytes = new GZIPInputStream(packed)) {
      Files.copy(bytes, file);
    }
    return file;
  }

  /** What {@code search --json} said; paths begin with {@code FOLDER}. */
  public static String json() throws IOException {
    return text("schema-2.json");
  }

  /** What {@code report} printed, 200 columns wide. */
  public static String table() throws IOException {
    return text("schema-2.txt");
  }

  private static String text(String name) throws IOException {
    try (InputStream stream = resource(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(EarlierVersion.class.getResourceAsStream(name), name);
  }
}
