package org.hilbench.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hilbench.tests.Program.Result;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's machines: what is unusual there works, or is said in one line before anything. */
@Tag("sim")
class MachineTest {
  private static final String NOBODY = "54321";

  @TempDir Path folder;

  /** No locale, as under cron or env -i; the name is that of checkout, home, cache and model. */
  @ParameterizedTest
  @ValueSource(strings = {"a b'c`d$HOME", "größe 日本", "-x #%20&<("})
  void aMeasurementIsTheSameWhateverThePathsAreCalled(String name) throws Exception {
    Path place = Files.createDirectories(folder.resolve(name));
    Checkout checkout = Checkout.copiedTo(place.resolve("check out"));
    Path home = place.resolve("home");
    Checkout.cacheIn(home.resolve(".cache/hilbench"));
    Path model = place.resolve("model.tflite");
    Files.copy(Program.shared("mlperf_tiny/kws_dscnn_int8.tflite"), model);
    Result result =
        checkout.run(Map.of("HOME", home.toString()), "measure", model.toString(), "--json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertSame(plain(), result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:b", "a;b", "a\"b", "a\\b", "a[b", "a]b", "a|b", "a*b", "a?b", "a!", "a\nb"})
  void aPathThatTheBuildToolsCannotTakeIsSaidInOneLine(String name) throws Exception {
    Checkout odd = Checkout.launcherTo(folder.resolve(name));
    refused(3, "the build tools take no name with", odd.run(Map.of(), "--version"));
    Checkout plain = Checkout.launcherTo(folder.resolve("plain"));
    Map<String, String> cache = Map.of("HILBENCH_CACHE", folder.resolve(name).toString());
    refused(3, "set HILBENCH_CACHE to another", plain.run(cache, "--version"));
  }

  @Test
  void aNameThatIsNotUtf8IsSaidInOneLine() throws Exception {
    Checkout checkout = Checkout.launcherTo(folder.resolve("plain"));
    List<String> withLatin1 = List.of("bash", "-c", "exec \"$@\" $'m\\xfc.tflite'", "bash");
    refused(2, "is not valid UTF-8", checkout.run(Map.of(), withLatin1, "measure"));
  }

  @Test
  void aLimitThatIsTooLowIsNamed() throws Exception {
    Checkout checkout = Checkout.launcherTo(folder.resolve("plain"));
    List<String> files = List.of("prlimit", "--nofile=64");
    refused(3, "64 descriptors of open files (ulimit -n)", checkout.run(Map.of(), files, "boards"));
    List<String> memory = List.of("prlimit", "--as=2000000000");
    refused(3, "of address space (ulimit -v)", checkout.run(Map.of(), memory, "boards"));
  }

  /** JAVA_HOME and the first java on the PATH are of release 11, or not whole. */
  @ParameterizedTest
  @ValueSource(strings = {"JAVA_VERSION=\"11.0.2\"", ""})
  void anOldOrBrokenJavaIsPassedOver(String release) throws Exception {
    Path old = oldJava(release);
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            old.toString(),
            "PATH",
            old.resolve("bin") + ":" + System.getenv("PATH"),
            "HOME",
            System.getProperty("user.home"));
    Result result = new Checkout(Program.ROOT).run(environment, "--version");
    assertEquals(0, result.exitCode(), result.stderr());
    assertFalse(result.stderr().contains("UnsupportedClassVersionError"), result.stderr());
  }

  private Path oldJava(String release) throws Exception {
    Path old = folder.resolve("jdk-11");
    Files.createDirectories(old.resolve("lib/server"));
    Files.createDirectories(old.resolve("bin"));
    for (String file : List.of("lib/server/libjvm.so", "lib/modules", "bin/java", "bin/javac")) {
      Files.writeString(
          old.resolve(file), "#!/bin/sh\necho UnsupportedClassVersionError >&2; exit 1\n");
      old.resolve(file).toFile().setExecutable(true);
    }
    Files.writeString(old.resolve("release"), release + "\n");
    return old;
  }

  /** The user of a container's -u: no entry in passwd, no home folder, a checkout of another's. */
  @Test
  void aUserWithoutAnEntryInPasswdMeasuresTheSame() throws Exception {
    asRoot();
    Checkout checkout = Checkout.copiedTo(folder.resolve("checkout"));
    Path cache = Checkout.cacheIn(folder.resolve("cache"));
    Files.createFile(cache.resolve("setup-" + NOBODY + ".stamp"));
    Path model = folder.resolve("model.tflite");
    Files.copy(Program.shared("mlperf_tiny/kws_dscnn_int8.tflite"), model);
    Checkout.shell("chmod 755 \"$1\"; chown -R \"$3\" \"$2\"", folder, cache, Path.of(NOBODY));
    List<String> asNobody = new ArrayList<>(List.of("setpriv", "--reuid", NOBODY));
    asNobody.addAll(List.of("--regid", NOBODY, "--clear-groups"));
    asNobody.addAll(List.of("bash", "-c", "cd \"$0\" && exec \"$@\"", cache.toString()));
    Map<String, String> environment =
        Map.of("HILBENCH_CACHE", cache.toString(), "PATH", "/usr/bin:/bin");
    Result result = checkout.run(environment, asNobody, "measure", model.toString(), "--json");
    assertEquals(0, result.exitCode(), result.stderr());
    assertSame(plain(), result);
    assertFalse(Files.exists(cache.resolve("?")), "a folder named ?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"size=8m", "noexec", "ro"})
  void aCacheOfNoUseIsFoundBeforeAnythingIsInstalled(String mount) throws Exception {
    asRoot();
    Path cache = Files.createDirectories(folder.resolve("cache"));
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path called = folder.resolve("called");
    Path installer = tools.resolve("apt-get");
    Files.writeString(installer, "#!/bin/sh\necho \"$*\" >>" + called + "\n");
    installer.toFile().setExecutable(true);
    String script = "mount -t tmpfs -o " + mount + " tmpfs \"$1\" && exec \"$2\" --yes";
    Result result =
        Program.run(
            List.of(
                "env",
                "-i",
                "PATH=" + tools + ":/usr/bin:/bin",
                "HOME=" + folder,
                "HILBENCH_CACHE=" + cache,
                "unshare",
                "--mount",
                "bash",
                "-c",
                script,
                "bash",
                cache.toString(),
                Program.ROOT.resolve("scripts/setup").toString()));
    assertEquals(3, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("set HILBENCH_CACHE to"), result.stderr());
    assertFalse(Files.exists(called), () -> "was called: " + called);
  }

  private static void asRoot() throws Exception {
    Result mount = Program.run(List.of("unshare", "--mount", "true"));
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root") && mount.exitCode() == 0,
        "not root: other users and mounts cannot be tried");
  }

  private static Result plain() throws Exception {
    Path model = Program.shared("mlperf_tiny/kws_dscnn_int8.tflite");
    Result result = Program.run("measure", model.toString(), "--json");
    assertEquals(0, result.exitCode(), result.stderr());
    return result;
  }

  private static void assertSame(Result expected, Result actual) throws Exception {
    for (String number : List.of("flashBytes", "instructions", "ranImageSha256")) {
      JsonNode value = actual.json().get(number);
      assertEquals(expected.json().get(number), value, number);
    }
  }

  private static void refused(int exitCode, String said, Result result) {
    assertEquals(exitCode, result.exitCode(), result.stderr());
    assertEquals("", result.stdout());
    assertTrue(result.stderr().contains(said), result.stderr());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }
}
