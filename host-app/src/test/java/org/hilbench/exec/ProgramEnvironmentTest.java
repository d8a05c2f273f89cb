package org.hilbench.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgramEnvironmentTest {
  /** A sample of what shells, package builders, conda and users set; the rule is the list alone. */
  static final List<String> HOSTILE =
      List.of(
          ("CFLAGS CXXFLAGS CPPFLAGS LDFLAGS ASMFLAGS CC CXX CPP AS LD AR NM RANLIB CPATH"
                  + " C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH LIBRARY_PATH LD_RUN_PATH"
                  + " GCC_EXEC_PREFIX GCC_COLORS GCC_COMPARE_DEBUG COMPILER_PATH COLLECT_GCC_OPTIONS"
                  + " DEPENDENCIES_OUTPUT SUNPRO_DEPENDENCIES SOURCE_DATE_EPOCH CMAKE_PREFIX_PATH"
                  + " CMAKE_BUILD_TYPE CMAKE_GENERATOR CMAKE_TOOLCHAIN_FILE CMAKE_C_COMPILER_LAUNCHER"
                  + " CMAKE_CXX_COMPILER_LAUNCHER CMAKE_EXPORT_COMPILE_COMMANDS MAKEFLAGS MAKELEVEL"
                  + " NINJA_STATUS NINJAFLAGS CCACHE_DIR CCACHE_PREFIX DISTCC_HOSTS LD_PRELOAD"
                  + " LD_LIBRARY_PATH LD_AUDIT LD_BIND_NOW GLIBC_TUNABLES MALLOC_PERTURB_ BASH_ENV ENV"
                  + " SHELLOPTS IFS CDPATH JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH"
                  + " JAVA_HOME PYTHONPATH PYTHONHOME PYTHONSTARTUP PERL5LIB CONDA_PREFIX GIT_DIR"
                  + " GIT_WORK_TREE GIT_INDEX_FILE GIT_CONFIG_COUNT OMP_NUM_THREADS MKL_NUM_THREADS"
                  + " PYTORCH_LIBRARY_PATH LIBSTDCXX_LIBRARY_PATH DJL_CACHE_DIR ENGINE_CACHE_DIR"
                  + " QEMU_AUDIO_DRV QEMU_STRACE RUST_LOG TMP TEMP TZ LANGUAGE LC_NUMERIC LC_CTYPE"
                  + " http_proxy https_proxy DISPLAY PWD OLDPWD SHLVL TERM hilbench_x XHILBENCH_Y")
              .split(" "));

  @Test
  void onlyTheListPassesWhateverTheCallerSet() {
    Map<String, String> own = new HashMap<>();
    HOSTILE.forEach(name -> own.put(name, "/hostile"));
    own.putAll(
        Map.of("PATH", "/p", "HOME", "/h", "USER", "u", "LOGNAME", "u", "HILBENCH_CACHE", "/c"));
    own.putAll(Map.of("LANG", "fa_IR.UTF-8", "LC_ALL", "tr_TR.UTF-8", "TMPDIR", "/tmp"));
    assertEquals(
        new TreeMap<>(
            Map.of(
                "PATH", "/p",
                "HOME", "/h",
                "USER", "u",
                "LOGNAME", "u",
                "HILBENCH_CACHE", "/c",
                "LANG", "C.UTF-8",
                "LC_ALL", "C.UTF-8",
                "TMPDIR", "/ours",
                "CFLAGS", "asked for")),
        ProgramEnvironment.of(own, "/ours", Map.of("CFLAGS", "asked for")));
  }

  @Test
  void whereNobodySetPathProgramsAreFoundAllTheSame() {
    String path = ProgramEnvironment.of(Map.of(), "/ours", Map.of()).get("PATH");
    assertEquals(path, ProgramEnvironment.path(Map.of("PATH", "")));
    assertEquals(path, ProgramEnvironment.path(Map.of()));
  }

  /** A child of a JVM that was started with all of them: what `env` prints there is the proof. */
  @Test
  void aProgramSeesNothingElse() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            PrintsEnvironment.class.getName());
    HOSTILE.stream()
        .filter(name -> !Set.of("LD_PRELOAD", "LD_AUDIT", "GLIBC_TUNABLES").contains(name))
        .filter(name -> !name.endsWith("_OPTIONS"))
        .forEach(name -> builder.environment().put(name, "hostile"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines;
    try (var out = process.inputReader()) {
      lines = out.lines().toList();
    }
    process.waitFor(60, TimeUnit.SECONDS);
    assertEquals(0, process.exitValue());
    assertEquals(List.of(), lines.stream().filter(line -> line.endsWith("=hostile")).toList());
    assertEquals(
        List.of("LC_ALL=C.UTF-8"), lines.stream().filter(line -> line.startsWith("LC_")).toList());
  }

  /** Starts {@code env} as the product starts programs. */
  static final class PrintsEnvironment {
    private PrintsEnvironment() {}

    public static void main(String[] args) throws Exception {
      System.out.print(new ExecRunner().run(Command.of("env")).stdout());
    }
  }
}
