package org.hilbench.firmware;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hilbench.BenchException;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Repeated;

/**
 * Tells the kernels of a user's library from its interpreter, so that an image's flash can be told
 * apart: an object belongs to kernels where it registers an operator ({@code Register_X}), is
 * CMSIS-NN's ({@code arm_x}), or is named {@code x_common}.
 */
final class ArchiveObjects {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Pattern SYMBOL =
      Pattern.compile("^[^:]*:([^:]+):[0-9a-f]* [TtWwRr] (\\S+)$");
  private static final Pattern OF_KERNELS = Pattern.compile("^arm_.*|.*\\d+Register_[A-Z0-9_]+.*");
  private static final Pattern COMMON = Pattern.compile(".*_common(\\.cc)?\\.o(bj)?");

  private ArchiveObjects() {}

  static List<String> ofKernels(CommandRunner runner, Path archive) throws BenchException {
    CommandResult result =
        Repeated.run(
            runner,
            Command.of("arm-none-eabi-nm", "-A", "--defined-only", archive.toString())
                .withTimeout(TIMEOUT)
                .withStage(Stage.BUILD),
            failed -> !failed.ending().bySignal());
    if (!result.ok()) {
      throw BenchException.usage(
          Stage.BUILD, "tflm: archive " + archive + " is no library for Arm: " + result.tail());
    }
    return result
        .stdout()
        .lines()
        .map(SYMBOL::matcher)
        .filter(Matcher::matches)
        .filter(found -> ofKernel(found.group(1), found.group(2)))
        .map(found -> found.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  static boolean ofKernel(String object, String symbol) {
    return OF_KERNELS.matcher(symbol).matches() || COMMON.matcher(object).matches();
  }
}
