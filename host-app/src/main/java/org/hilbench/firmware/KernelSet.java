package org.hilbench.firmware;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which kernels compute the operators. {@link #HILBENCH} and a {@link Folder} register their own
 * for some operators; all others stay the runtime's.
 */
public sealed interface KernelSet {
  /** TensorFlow Lite Micro's own kernels, as the crate has them. */
  KernelSet REFERENCE = new Reference();

  /** Kernels of this checkout, in firmware-templates/kernels. */
  KernelSet HILBENCH = new Hilbench();

  /** The kernels that a user's own TensorFlow Lite Micro was built with, such as CMSIS-NN. */
  KernelSet EXTERNAL = new External();

  record Reference() implements KernelSet {
    @Override
    public String name() {
      return "reference";
    }

    @Override
    public boolean ofSomebodyElse() {
      return false;
    }

    @Override
    public void requireWith(Optional<UserTflm> tflm) {
      if (tflm.isPresent()) {
        throw new IllegalArgumentException(
            "kernels 'reference' are those of the default runtime; a TensorFlow Lite Micro of your"
                + " own has the one set that it was built with, and nothing tells which: choose"
                + " --kernels external for that set, or leave --tflm out");
      }
    }
  }

  record Hilbench() implements KernelSet {
    @Override
    public String name() {
      return "hilbench";
    }

    @Override
    public boolean ofSomebodyElse() {
      return false;
    }

    @Override
    public void requireWith(Optional<UserTflm> tflm) {}
  }

  record External() implements KernelSet {
    @Override
    public String name() {
      return "external";
    }

    @Override
    public boolean ofSomebodyElse() {
      return true;
    }

    @Override
    public void requireWith(Optional<UserTflm> tflm) {
      if (tflm.isEmpty()) {
        throw new IllegalArgumentException(
            "kernels 'external' are those of a TensorFlow Lite Micro of your own, and none was"
                + " named; name it with --tflm FILE, or under the key tflm of the experiment file"
                + " (docs/kernels.md says how)");
      }
    }
  }

  /**
   * Kernels that somebody else built for the default runtime.
   *
   * @param folder holds {@code registrations.txt} and archives ({@code *.a}) for the board's core
   */
  record Folder(Path folder) implements KernelSet {
    @Override
    public String name() {
      return folder.getFileName() == null ? "folder" : folder.getFileName().toString();
    }

    @Override
    public boolean ofSomebodyElse() {
      return true;
    }

    @Override
    public void requireWith(Optional<UserTflm> tflm) {
      if (tflm.isPresent()) {
        throw new IllegalArgumentException(
            "the kernels in "
                + folder
                + " are for the default runtime; with a TensorFlow Lite Micro of your own choose"
                + " --kernels external, or hilbench");
      }
    }
  }

  /** As the device tells it. */
  String name();

  /**
   * Checks the set against the runtime.
   *
   * @param tflm the user's own, absent for the default runtime
   * @throws IllegalArgumentException where they do not go together
   */
  void requireWith(Optional<UserTflm> tflm);

  /** Whether how its kernels round is known only by running them. */
  boolean ofSomebodyElse();

  /** {@code hilbench}, {@code reference}, {@code external}, or a folder's path with a slash. */
  static KernelSet parse(String text) {
    return switch (text) {
      case "reference" -> REFERENCE;
      case "hilbench" -> HILBENCH;
      case "external" -> EXTERNAL;
      default -> {
        if (text.indexOf('/') < 0) {
          throw new IllegalArgumentException(
              "kernels '"
                  + text
                  + "' are unknown; known: hilbench, reference, external, or the path of a folder,"
                  + " such as ./my-kernels");
        }
        yield new Folder(Path.of(text).toAbsolutePath().normalize());
      }
    };
  }
}
