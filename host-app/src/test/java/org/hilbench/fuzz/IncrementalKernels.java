package org.hilbench.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hilbench.BenchException;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandResult;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.RunningCommand;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs, but builds the kernels' archive always in the same folder, so that only what
 * changed since the last build is compiled.
 */
final class IncrementalKernels implements CommandRunner {
  private static final String ARCHIVE = "libkernels.a";

  private final CommandRunner runner;
  private final String project;
  private final Path folder;
  private final Set<String> asked = new HashSet<>();
  private @Nullable CommandResult configured;

  IncrementalKernels(CommandRunner runner, Path templates, Path folder) {
    this.runner = runner;
    this.project = templates.resolve("kernels").toString();
    this.folder = folder;
  }

  @Override
  public synchronized CommandResult run(Command command) throws BenchException {
    List<String> argv = command.argv();
    int source = argv.indexOf("-S");
    if (command.program().equals("cmake") && source >= 0 && argv.get(source + 1).equals(project)) {
      String wanted = argv.get(argv.indexOf("-B") + 1);
      asked.add(wanted);
      if (configured == null) {
        configured = runner.run(elsewhere(command, wanted));
      }
      return configured;
    }
    int work = argv.indexOf("-C");
    if (command.program().equals("ninja") && work >= 0 && asked.contains(argv.get(work + 1))) {
      CommandResult result = runner.run(elsewhere(command, argv.get(work + 1)));
      if (result.ok()) {
        copyTo(Path.of(argv.get(work + 1)));
      }
      return result;
    }
    return runner.run(command);
  }

  private Command elsewhere(Command command, String folderOfIt) {
    List<String> argv = new ArrayList<>(command.argv());
    argv.replaceAll(argument -> argument.equals(folderOfIt) ? folder.toString() : argument);
    return new Command(
        argv, command.directory(), command.environment(), command.timeout(), command.stage());
  }

  private void copyTo(Path wanted) {
    try {
      Files.copy(folder.resolve(ARCHIVE), wanted.resolve(ARCHIVE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public RunningCommand start(Command command) throws BenchException {
    return runner.start(command);
  }

  @Override
  public Optional<Path> find(String program) {
    return runner.find(program);
  }
}
