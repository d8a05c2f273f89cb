package org.hilbench.firmware;

import java.nio.file.Path;

/**
 * Which kernels compute the operators. A set other than {@link #REFERENCE} registers its own
 * kernels for some operators; all others stay the runtime's.
 */
public sealed interface KernelSet {
  /** TensorFlow Lite Micro's own kernels. */
  KernelSet REFERENCE = new Reference();

  /** Kernels of this checkout, in firmware-templates/kernels. */
  KernelSet HILBENCH = new Hilbench();

  record Reference() implements KernelSet {
    @Override
    public String name() {
      return "reference";
    }
  }

  record Hilbench() implements KernelSet {
    @Override
    public String name() {
      return "hilbench";
    }
  }

  /**
   * Kernels that somebody else built.
   *
   * @param folder holds {@code registrations.txt} and archives ({@code *.a}) for the board's core
   */
  record External(Path folder) implements KernelSet {
    @Override
    public String name() {
      return folder.getFileName() == null ? "external" : folder.getFileName().toString();
    }
  }

  /** As the device tells it. */
  String name();

  /** {@code reference}, {@code hilbench}, or a folder's path, which holds a slash. */
  static KernelSet parse(String text) {
    return switch (text) {
      case "reference" -> REFERENCE;
      case "hilbench" -> HILBENCH;
      case "external" ->
          throw new IllegalArgumentException(
              "kernels 'external' come from a TensorFlow Lite Micro of your own, and none was"
                  + " named; give the path of the folder that holds its registrations.txt and"
                  + " archives, such as --kernels ./my-kernels");
      default -> {
        if (text.indexOf('/') < 0) {
          throw new IllegalArgumentException(
              "kernels '"
                  + text
                  + "' are unknown; known: reference, hilbench, or the path of a folder, such as"
                  + " ./my-kernels");
        }
        yield new External(Path.of(text).toAbsolutePath().normalize());
      }
    };
  }
}
