package org.hilbench.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hilbench.board.Core;
import org.hilbench.exec.Command;
import org.hilbench.exec.ExecRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolchainTest {
  private final ExecRunner runner = new ExecRunner();

  @TempDir private Path temporary;
  private Path compiler;
  private Path libraries;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(runner.find(Toolchain.COMPILER).isPresent(), "absent: " + Toolchain.COMPILER);
    compiler = Files.writeString(temporary.resolve("g++"), "a compiler");
    libraries = Files.createDirectory(temporary.resolve("lib"));
    Files.writeString(libraries.resolve("libc_nano.a"), "newlib 4.4");
  }

  @Test
  void itsFoldersHoldCompilerAssemblerLinkerHeadersAndTheLibrariesOfTheCore() throws Exception {
    List<String> argv = new ArrayList<>(List.of(Toolchain.COMPILER));
    argv.addAll(Core.CORTEX_M4F.compilerFlags());
    argv.addAll(ToolchainFiles.question());
    List<Path> folders = ToolchainFiles.folders(runner.run(Command.of(argv)).stderr());
    for (String wanted :
        List.of("cc1plus", "as", "ld", "collect2", "newlib.h", "vector", "stddef.h")) {
      assertTrue(folders.stream().anyMatch(f -> Files.exists(f.resolve(wanted))), wanted);
    }
    for (String library : List.of("libc_nano.a", "libm.a", "libgcc.a", "libstdc++_nano.a")) {
      assertTrue(
          folders.stream()
              .filter(folder -> folder.toString().contains("v7e-m"))
              .anyMatch(folder -> Files.exists(folder.resolve(library))),
          library + " of the core");
    }
  }

  @Test
  void oneToolchainHasOneContentForEachCore() throws Exception {
    Toolchain toolchain = Toolchain.require(runner);
    String m4 = toolchain.content(Core.CORTEX_M4F);
    assertEquals(m4, Toolchain.require(runner).content(Core.CORTEX_M4F));
    assertNotEquals(m4, toolchain.content(Core.CORTEX_M33F));
  }

  @Test
  void anotherCompilerOrLibraryOfTheSameVersionIsAnotherContent() throws Exception {
    Set<String> seen = new HashSet<>();
    assertTrue(seen.add(content()));
    assertTrue(!seen.add(content()), "nothing has changed");

    Files.writeString(libraries.resolve("libc_nano.a"), "newlib 4.4, patched");
    assertTrue(seen.add(content()), "another size");
    Files.setLastModifiedTime(libraries.resolve("libc_nano.a"), FileTime.fromMillis(1));
    assertTrue(seen.add(content()), "another time");
    Files.writeString(libraries.resolve("libgcc.a"), "");
    assertTrue(seen.add(content()), "one file more");
    Files.writeString(compiler, "another compiler");
    assertTrue(seen.add(content()), "another compiler");
    compiler = Files.copy(compiler, temporary.resolve("earlier-on-PATH"));
    assertTrue(seen.add(content()), "found elsewhere");
  }

  private String content() throws Exception {
    return ToolchainFiles.add(new ContentHash(), compiler, List.of(libraries)).hex();
  }
}
