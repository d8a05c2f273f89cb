package org.hilbench.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.exec.ExecRunner;
import org.hilbench.testkit.SharedData;
import org.hilbench.verify.GuardedReference;
import org.hilbench.worker.GuardedWorker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The hostile models, taken in as {@code measure} does, but for the kernels: any operator goes. */
@Timeout(600)
class IntakeTest {
  /** Of those that native code alone finds out about, how: a crash, or by its own check. */
  private static final Map<String, String> NATIVE =
      Map.of("div2-0", "(signal 8)", "fmod-0", "", "scatter-6", "", "sparse-6", "", "dilate-6", "");

  private final GuardedWorker worker = new GuardedWorker(new ExecRunner());
  private final Intake withoutKernels = new Intake(model -> {}, new GuardedReference(worker));

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void noHostileModelBringsThisProcessDown() throws Exception {
    try (Stream<Path> files = Files.list(SharedData.data("hostile_models"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tflite")).toList()) {
        String name = file.getFileName().toString().replace(".tflite", "");
        BenchException refusal =
            assertThrows(
                BenchException.class,
                () -> withoutKernels.take(name, Files.readAllBytes(file), Intake::pattern),
                name);
        assertEquals(Kind.USAGE, refusal.kind(), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(NATIVE.getOrDefault(name, "cannot be run")));
        System.out.println(refusal.getMessage());
      }
    }
  }
}
