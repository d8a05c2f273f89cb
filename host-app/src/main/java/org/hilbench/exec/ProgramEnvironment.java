package org.hilbench.exec;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment of every program that is started: built from a short list, never inherited. What
 * the caller's shell holds for compilers, build tools, libraries and JVMs (CFLAGS, CPATH,
 * CMAKE_..., LD_PRELOAD, PYTHONPATH, JAVA_TOOL_OPTIONS, GIT_DIR, OMP_NUM_THREADS, ...) changes what
 * is built and measured; a list of all that does could never be complete.
 */
final class ProgramEnvironment {
  /** Who and where we are; programs find their own settings below HOME. */
  private static final List<String> PASSED = List.of("HOME", "LOGNAME", "USER");

  private static final String OURS = "HILBENCH_";

  /** Where a shell looks when nobody has set PATH. */
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private ProgramEnvironment() {}

  /**
   * The variables of a program.
   *
   * @param own those of this process
   * @param temporaryFiles folder in which the program shall put them
   * @param more what the command itself asks for
   */
  static Map<String, String> of(
      Map<String, String> own, String temporaryFiles, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>();
    own.forEach(
        (name, value) -> {
          if (PASSED.contains(name) || name.startsWith(OURS)) {
            all.put(name, value);
          }
        });
    all.put("PATH", path(own));
    all.put("TMPDIR", temporaryFiles);
    all.put("LANG", "C.UTF-8"); // what programs say is parsed: no words or digits of a locale
    all.put("LC_ALL", "C.UTF-8");
    all.putAll(more);
    return all;
  }

  /** Where programs are looked for. */
  static String path(Map<String, String> own) {
    String path = own.getOrDefault("PATH", "");
    return path.isEmpty() ? DEFAULT_PATH : path;
  }
}
