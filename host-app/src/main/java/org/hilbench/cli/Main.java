package org.hilbench.cli;

import java.util.List;
import java.util.Objects;
import org.hilbench.BenchException;
import org.hilbench.desk.EarlyStart;
import org.hilbench.folders.CacheFolder;
import org.hilbench.folders.OwnFolders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program: parses the command line, runs one command, and says how it ended. */
@Command(
    name = "hilbench",
    description = "Searches neural networks for microcontrollers and believes what the board says.",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private static final List<Class<?>> COMMANDS =
      List.of(
          SearchCommand.class,
          MeasureCommand.class,
          BoardsCommand.class,
          DoctorCommand.class,
          SelftestCommand.class,
          ReportCommand.class,
          SensitivityCommand.class);

  @Spec private @Nullable CommandSpec spec;

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals(MeasureCommand.NAME)) {
      EarlyStart.begin();
    }
    StandardOutput output = StandardOutput.watched();
    PrintableStream.install();
    PrintableStream err = PrintableStream.err();
    int code =
        output.ended(program(args).setExecutionStrategy(Main::inOwnFolders).execute(args), err);
    err.flush();
    StartClasses.keep();
    // a worker's or simulator's thread must not keep a finished command alive
    Runtime.getRuntime().exit(code);
  }

  static int run(String... args) {
    return program(args).execute(args);
  }

  /** With all commands, or the one alone that is called: each is described by reflection. */
  public static CommandLine program(String... args) {
    CommandLine program = new CommandLine(new Main());
    List<Class<?>> called =
        COMMANDS.stream().filter(each -> args.length > 0 && name(each).equals(args[0])).toList();
    for (Class<?> command : called.isEmpty() ? COMMANDS : called) {
      program.addSubcommand(name(command), command);
    }
    return program
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(failed())
        .setParameterExceptionHandler(misused());
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  /** Whatever a command loads or writes for a while lies where nobody else can put anything. */
  private static int inOwnFolders(CommandLine.ParseResult parsed) {
    OwnFolders folders;
    try {
      folders = OwnFolders.enter(CacheFolder.location());
    } catch (BenchException e) {
      throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "no folder", e);
    }
    try {
      return new CommandLine.RunLast().execute(parsed);
    } finally {
      folders.leave();
    }
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "a command is missing");
  }

  private static IExecutionExceptionHandler failed() {
    return (exception, commandLine, parsed) -> {
      PrintableStream err = PrintableStream.err();
      if (exception instanceof BenchException bench) {
        err.println("hilbench: " + bench.getMessage());
        LOG.debug("stage={}", bench.stage(), bench);
        return ExitCode.of(bench);
      }
      err.println("hilbench: internal error, please report it: " + exception);
      LOG.error("internal error", exception);
      return ExitCode.ENVIRONMENT;
    };
  }

  private static IParameterExceptionHandler misused() {
    return (exception, args) -> {
      CommandLine commandLine = exception.getCommandLine();
      PrintableStream err = PrintableStream.err();
      err.println("hilbench: " + exception.getMessage());
      CommandLine.UnmatchedArgumentException.printSuggestions(exception, err);
      err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
      return ExitCode.USAGE;
    };
  }
}
