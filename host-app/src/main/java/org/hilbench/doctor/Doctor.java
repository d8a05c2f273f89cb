package org.hilbench.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.data.DatasetProvider;
import org.hilbench.data.Datasets;
import org.hilbench.device.Renode;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;

/** Looks at everything that a search or a measurement on a simulated board needs. */
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9})+");
  private static final String SETUP = "scripts/setup";

  private final CommandRunner runner;
  private final Path cache;
  private final Path runtimeSources;
  private final Map<String, String> environment;

  /**
   * Prepares the checks.
   *
   * @param cache folder of built runtimes and fetched sources
   * @param runtimeSources where the TensorFlow Lite Micro sources should be
   * @param environment variables, which may name Renode
   */
  public Doctor(
      CommandRunner runner, Path cache, Path runtimeSources, Map<String, String> environment) {
    this.runner = runner;
    this.cache = cache;
    this.runtimeSources = runtimeSources;
    this.environment = Map.copyOf(environment);
  }

  /** Runs all checks, in the order in which a candidate would meet them. */
  public List<Check> examine() {
    List<Check> checks = new ArrayList<>(List.of(java(), native64(), cacheFolder()));
    Datasets.standard().providers().forEach(provider -> checks.add(dataset(provider)));
    checks.addAll(builders());
    return checks;
  }

  private List<Check> builders() {
    return List.of(
        program("arm-none-eabi-g++", "8.0", "apt-get install gcc-arm-none-eabi"),
        program("cmake", "3.16", "apt-get install cmake"),
        program("ninja", "1.10", "apt-get install ninja-build"),
        runtime(),
        program("qemu-system-arm", "7.0", "apt-get install qemu-system-arm"),
        renode(),
        guard());
  }

  private Check java() {
    Runtime.Version version = Runtime.version();
    return version.feature() >= 17
        ? Check.ok("Java", version.toString())
        : Check.broken("Java", version + ", 17 or later is needed", SETUP);
  }

  private Check native64() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return platform.equals("Linux amd64")
        ? Check.ok("PyTorch and TensorFlow Lite", "natives for " + platform)
        : Check.broken(
            "PyTorch and TensorFlow Lite",
            "no natives for " + platform + "; training needs Linux on x86-64",
            "run hilbench on a Linux x86-64 machine");
  }

  private Check cacheFolder() {
    try {
      Files.createDirectories(cache);
      Path probe = Files.createTempFile(cache, "doctor", ".tmp");
      Files.delete(probe);
      long freeMiB = cache.toFile().getUsableSpace() >> 20;
      return freeMiB >= 1024
          ? Check.ok("cache folder", cache + ", " + freeMiB + " MiB free")
          : Check.warning(
              "cache folder",
              cache + " has only " + freeMiB + " MiB free",
              "free disk space, or set HILBENCH_CACHE to a folder elsewhere");
    } catch (IOException e) {
      return Check.broken(
          "cache folder",
          cache + " cannot be written: " + e.getMessage(),
          "export HILBENCH_CACHE=<a folder that can be written>");
    }
  }

  private static Check dataset(DatasetProvider provider) {
    String what = "data set " + provider.name();
    try {
      return Check.ok(what, provider.defaultDirectory().toString());
    } catch (BenchException e) {
      return Check.broken(what, e.getMessage(), SETUP);
    }
  }

  private Check runtime() {
    String name = "TensorFlow Lite Micro";
    return Files.isDirectory(runtimeSources)
        ? Check.ok(name, runtimeSources.toString())
        : Check.broken(name, runtimeSources + " is absent", "scripts/fetch-tflm");
  }

  private Check program(String program, String atLeast, String remedy) {
    if (runner.find(program).isEmpty()) {
      return Check.broken(program, "not found on PATH", remedy);
    }
    try {
      CommandResult result = runner.run(Command.of(program, "--version").withTimeout(PATIENCE));
      String firstLine = result.stdout().lines().findFirst().orElse("");
      Optional<String> version = version(firstLine);
      if (!result.ok() || version.isEmpty()) {
        return Check.broken(program, "does not tell its version: " + result.tail(), remedy);
      }
      return atLeast(version.get(), atLeast)
          ? Check.ok(program, version.get())
          : Check.broken(program, version.get() + " is too old, wanted: " + atLeast, remedy);
    } catch (BenchException e) {
      return Check.broken(program, e.getMessage(), remedy);
    }
  }

  /** Optional: boards run on it only where that is asked for. */
  private Check renode() {
    String name = "Renode";
    if (runner.find(Renode.program(environment)).isEmpty()) {
      return Check.warning(name, "absent; needed for --on renode alone", Renode.REMEDY);
    }
    try {
      return Check.ok(name, Renode.find(runner, environment).version());
    } catch (BenchException e) {
      return Check.warning(name, e.getMessage(), Renode.REMEDY);
    }
  }

  /** The last dotted number of a line such as {@code g++ (15:12.2.rel1-1) 12.2.1 20221205}. */
  static Optional<String> version(String line) {
    Matcher found = VERSION.matcher(line.replaceAll("\\([^)]*\\)", ""));
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  static boolean atLeast(String version, String wanted) {
    String[] have = version.split("\\.");
    String[] want = wanted.split("\\.");
    for (int i = 0; i < want.length; i++) {
      int difference =
          (i < have.length ? Integer.parseInt(have[i]) : 0) - Integer.parseInt(want[i]);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }

  private Check guard() {
    return runner.find("setpriv").isPresent()
        ? Check.ok("setpriv", "simulators and workers end with hilbench, however it ends")
        : Check.warning(
            "setpriv",
            "absent: a simulator may outlive a hilbench that is killed with -9",
            "apt-get install util-linux");
  }
}
