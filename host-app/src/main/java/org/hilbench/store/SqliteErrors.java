package org.hilbench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's errors on one file in words that say what to do. */
final class SqliteErrors {
  private final Path file;

  SqliteErrors(Path file) {
    this.file = file;
  }

  /**
   * @param lost what did not happen because of it
   * @throws IllegalStateException where the caller broke a rule of the tables
   */
  BenchException of(SQLException e, String lost) {
    return environment(reason(e, lost), e);
  }

  BenchException corrupt(String detail) {
    return environment(corruptReason(detail), null);
  }

  BenchException newer(int version, int known) {
    return environment(
        "has schema " + version + ", this hilbench knows up to " + known + "; use a newer hilbench",
        null);
  }

  BenchException foreign() {
    return environment(
        "is an SQLite file of another program; it was left as it is; choose another --out", null);
  }

  private String reason(SQLException e, String lost) {
    SQLiteErrorCode code =
        e instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_FULL -> fullReason(lost);
      case SQLITE_CORRUPT, SQLITE_NOTADB -> corruptReason(String.valueOf(e.getMessage()));
      case SQLITE_MISMATCH -> "was made by another hilbench (" + e.getMessage() + "); use that one";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "is held locked by another program: " + lost + "; close that program and try again";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "cannot be written (" + e.getMessage() + "): " + lost + "; check its permissions";
      case SQLITE_CONSTRAINT -> throw new IllegalStateException(file + ": " + lost, e);
      default -> "failed (" + e.getMessage() + "): " + lost + "; check the disk, then use --resume";
    };
  }

  private String fullReason(String lost) {
    return "found the disk full ("
        + freeBytes()
        + "): "
        + lost
        + ", everything before it is kept; make room, then go on with --resume";
  }

  private static String corruptReason(String detail) {
    return "is corrupt ("
        + detail.lines().findFirst().orElse("unreadable")
        + "); it was left as it is; restore a copy of it or choose another --out";
  }

  private String freeBytes() {
    try {
      return Files.getFileStore(file).getUsableSpace() + " bytes free";
    } catch (IOException e) {
      return "free space unknown";
    }
  }

  private BenchException environment(String reason, @Nullable SQLException cause) {
    return new BenchException(
        Stage.STORE, BenchException.Kind.ENVIRONMENT, "experiment " + file + " " + reason, cause);
  }
}
