package org.hilbench.firmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.BenchException;
import org.hilbench.InputFile;
import org.hilbench.Stage;
import org.hilbench.tflite.TfliteModel;
import org.hilbench.tflite.TfliteOperator;
import org.hilbench.tflite.Width;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel set brings of its own. The set answers for its operators itself; all others are the
 * runtime's.
 *
 * @param name of the set
 * @param file what its {@code registrations.txt} says
 * @param compiled whether the archive is compiled from firmware-templates/kernels
 * @param archives that are linked as they are
 */
record KernelRegistrations(
    String name, RegistrationsFile file, boolean compiled, List<Path> archives) {

  KernelRegistrations {
    archives = List.copyOf(archives);
  }

  /**
   * Reads the set's file.
   *
   * @throws BenchException (USAGE) where the set is not here or its file is wrong
   */
  static KernelRegistrations of(KernelSet kernels, Path templates) throws BenchException {
    if (kernels instanceof KernelSet.Hilbench) {
      Path folder = templates.resolve("kernels");
      return new KernelRegistrations(kernels.name(), read(kernels, folder), true, List.of());
    }
    if (kernels instanceof KernelSet.Folder other) {
      Path folder = other.folder();
      return new KernelRegistrations(
          kernels.name(), read(kernels, folder), false, archives(folder));
    }
    return new KernelRegistrations(kernels.name(), RegistrationsFile.EMPTY, false, List.of());
  }

  Optional<RegistrationsFile.Registration> find(String operator, Width width) {
    return file.own().stream()
        .filter(line -> line.operator().equals(operator) && line.width() == width)
        .findFirst();
  }

  /** The kernel of an operator; a set that takes the file as it is has one for all widths. */
  Optional<RegistrationsFile.Registration> find(TfliteModel model, TfliteOperator operator) {
    return find(operator.name(), readsDeviceForm() ? Width.of(model, operator) : Width.INT8);
  }

  /** Whether the kernels read a model's device form in place of the file. */
  boolean readsDeviceForm() {
    return compiled;
  }

  private static RegistrationsFile read(KernelSet kernels, Path folder) throws BenchException {
    Path path = folder.resolve(RegistrationsFile.NAME);
    if (!Files.exists(path)) {
      throw refused(
          "kernels '"
              + kernels.name()
              + "' are not here: "
              + path
              + " cannot be read; the set that needs no files is 'reference'",
          null);
    }
    try {
      return RegistrationsFile.parse(InputFile.settings(path).text().lines().toList());
    } catch (IllegalArgumentException e) {
      throw refused(path + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> archives(Path folder) throws BenchException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".a")).sorted().toList();
      if (archives.isEmpty()) {
        throw refused("kernels in " + folder + " have no archive (*.a) to link", null);
      }
      return archives;
    } catch (IOException e) {
      throw refused("kernels in " + folder + " cannot be read: " + e, e);
    }
  }

  private static BenchException refused(String message, @Nullable Throwable cause) {
    return BenchException.usage(Stage.BUILD, message, cause);
  }
}
