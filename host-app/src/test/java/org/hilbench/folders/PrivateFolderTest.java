package org.hilbench.folders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hilbench.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  @TempDir private Path parent;

  @Test
  void whatIsMadeIsClosedToOthers() throws Exception {
    Path made = PrivateFolder.require(parent.resolve("native"));
    assertEquals("rwx------", permissions(made));
    assertEquals(made, PrivateFolder.require(made));
  }

  @Test
  void whatOthersCanWriteToIsRefused() throws Exception {
    for (String open : new String[] {"rwxrwx---", "rwx----w-", "rwxrwxrwx"}) {
      Path folder = Files.createDirectory(parent.resolve(open));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(open));
      assertTrue(refusal(folder).contains("is open to other users (" + open + ")"), open);
    }
  }

  @Test
  void aLinkOrAFileIsRefused() throws Exception {
    Path target = Files.createDirectory(parent.resolve("target"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), target);
    assertTrue(refusal(link).contains("is a link or no folder"));
    assertTrue(
        refusal(Files.createFile(parent.resolve("file"))).contains("is a link or no folder"));
    Path dangling = Files.createSymbolicLink(parent.resolve("dangling"), parent.resolve("absent"));
    assertTrue(refusal(dangling).contains("is a link or no folder"));
  }

  @Test
  void anotherUsersFolderIsRefused() throws Exception {
    Path folder = Files.createDirectory(parent.resolve("theirs"));
    assumeTrue(
        Files.getAttribute(folder, "unix:uid").equals(0), "only root can give a folder away");
    Files.setAttribute(folder, "unix:uid", 65534);
    assertTrue(refusal(folder).contains("belongs to user 65534, not to user 0"), refusal(folder));
    assertTrue(
        assertThrows(BenchException.class, () -> PrivateFolder.close(folder))
            .getMessage()
            .contains("belongs to user 65534"));
  }

  @Test
  void theFolderAboveIsClosedToOthers() throws Exception {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxrwxrwx"));
    PrivateFolder.close(parent);
    assertEquals("rwxr-xr-x", permissions(parent));
  }

  private static String permissions(Path folder) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  private static String refusal(Path folder) {
    BenchException e = assertThrows(BenchException.class, () -> PrivateFolder.require(folder));
    assertEquals(BenchException.Kind.ENVIRONMENT, e.kind());
    return e.getMessage();
  }
}
