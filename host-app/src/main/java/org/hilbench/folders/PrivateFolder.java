package org.hilbench.folders;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * A folder into which nobody else can put anything. What is loaded from it runs as this user, so
 * one that others own or may write to is refused, never mended: who knows what lies there by now.
 */
final class PrivateFolder {
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private PrivateFolder() {}

  /**
   * Makes the folder (0700) where it is not there; its parent exists.
   *
   * @throws BenchException (ENVIRONMENT) if it is a link or no folder, somebody else's, or open
   */
  static Path require(Path folder) throws BenchException {
    try {
      try {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        requireOwn(folder);
        requireClosed(folder);
      }
      return folder;
    } catch (IOException e) {
      throw refused(folder, "cannot be used (" + e + ")", e);
    }
  }

  /**
   * The folder above them all. Many a umask (002) leaves it open to the user's own group: that is
   * closed here.
   */
  static void close(Path folder) throws BenchException {
    try {
      requireOwn(folder);
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      if (permissions.removeAll(OTHERS_WRITE)) {
        Files.setPosixFilePermissions(folder, permissions);
      }
    } catch (IOException e) {
      throw refused(folder, "cannot be used (" + e + ")", e);
    }
  }

  private static void requireOwn(Path folder) throws IOException, BenchException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(folder, "is a link or no folder", null);
    }
    int owner = (Integer) Files.getAttribute(folder, "unix:uid");
    int own = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (owner != own) {
      throw refused(folder, "belongs to user " + owner + ", not to user " + own, null);
    }
  }

  private static void requireClosed(Path folder) throws IOException, BenchException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (permissions.stream().anyMatch(OTHERS_WRITE::contains)) {
      String shown = PosixFilePermissions.toString(permissions);
      throw refused(folder, "is open to other users (" + shown + ")", null);
    }
  }

  private static BenchException refused(
      Path folder, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BenchException(
        Stage.RUN,
        BenchException.Kind.ENVIRONMENT,
        "the folder "
            + folder
            + " "
            + why
            + ", and libraries are loaded from there; remove it, or set HILBENCH_CACHE to a folder"
            + " of your own",
        cause);
  }
}
