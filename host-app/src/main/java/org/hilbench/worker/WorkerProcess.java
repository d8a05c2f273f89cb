package org.hilbench.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.ByClassName;
import org.hilbench.Printable;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.Ending;
import org.hilbench.exec.RunningCommand;
import org.hilbench.folders.OwnFolders;
import org.hilbench.worker.FrameChannel.Frame;
import org.hilbench.worker.FrameChannel.FrameKind;
import org.hilbench.worker.Messages.Failure;
import org.hilbench.worker.Messages.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One live worker process and the connection to it; {@link #close} kills it, from any thread. */
final class WorkerProcess implements AutoCloseable {
  private static final int ACCEPT_MILLIS = 100;
  private static final Duration LIFETIME = Duration.ofDays(20);
  private static final int LONGEST_WORDS = 600;
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

  private final RunningCommand command;
  private final CrashFile crash;
  private final FrameChannel channel;

  private WorkerProcess(RunningCommand command, CrashFile crash, FrameChannel channel) {
    this.command = command;
    this.crash = crash;
    this.channel = channel;
  }

  static WorkerProcess start(CommandRunner runner, WorkerOptions options) throws BenchException {
    String token = UUID.randomUUID().toString();
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      CrashFile crash = CrashFile.create();
      List<String> argv = new ArrayList<>(ProcessLimits.prefix(runner, options));
      argv.addAll(java(options, crash));
      RunningCommand command = runner.start(command(argv, options, server.getLocalPort(), token));
      discard(command.stdout());
      try {
        FrameChannel channel = accept(server, command, token, options.startLimit());
        return new WorkerProcess(command, crash, channel);
      } catch (BenchException | IOException | RuntimeException e) {
        command.close();
        crash.close();
        throw e;
      }
    } catch (IOException e) {
      throw notStarted("cannot open a loopback connection: " + e.getMessage(), e);
    }
  }

  private static List<String> java(WorkerOptions options, CrashFile crash) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.add("-Xmx" + options.heapMegabytes() + "m");
    argv.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"));
    argv.addAll(ProcessLimits.OF_JVM);
    argv.add(crash.option());
    OwnFolders.properties().forEach((name, value) -> argv.add("-D" + name + "=" + value));
    options.properties().forEach((name, value) -> argv.add("-D" + name + "=" + value));
    argv.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
    return argv;
  }

  private static Command command(List<String> argv, WorkerOptions options, int port, String token) {
    Command command = Command.of(argv).withTimeout(LIFETIME).withStage(Stage.TRAIN);
    for (var variable : options.environment().entrySet()) {
      command = command.withEnvironment(variable.getKey(), variable.getValue());
    }
    return command
        .withEnvironment(WorkerMain.PORT, Integer.toString(port))
        .withEnvironment(WorkerMain.TOKEN, token);
  }

  /** Anything printed to standard output is thrown away, so that the pipe can never fill up. */
  private static void discard(InputStream stdout) {
    Thread thread =
        new Thread(
            () -> {
              try {
                stdout.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // the worker has ended
              }
            },
            "worker stdout");
    thread.setDaemon(true);
    thread.start();
  }

  private static FrameChannel accept(
      ServerSocket server, RunningCommand command, String token, Duration limit)
      throws IOException, BenchException {
    server.setSoTimeout(ACCEPT_MILLIS);
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < limit.toNanos()) {
      try {
        FrameChannel channel = new FrameChannel(server.accept());
        if (greets(channel, token)) {
          return channel;
        }
        channel.close(); // someone else on this machine: not our worker
      } catch (SocketTimeoutException e) {
        if (!command.alive()) {
          throw notStarted(
              "it ended at once; it said: " + Printable.words(command.stderrTail()), e);
        }
      }
    }
    throw notStarted("no answer within " + limit.toSeconds() + " s", null);
  }

  private static boolean greets(FrameChannel channel, String token) {
    try {
      Frame frame = channel.read(2000);
      return frame.kind() == FrameKind.HELLO
          && new String(frame.payload(), StandardCharsets.US_ASCII).equals(token);
    } catch (IOException e) {
      return false;
    }
  }

  private static CrashException notStarted(
      String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new CrashException(
        Stage.TRAIN, "a worker process could not be started: " + why, true, cause);
  }

  /**
   * Does one request to its end.
   *
   * @throws CrashException if the worker died, overran the deadline or failed in a way that it was
   *     not written for; it is closed then
   * @throws BenchException as the worker reported it
   */
  byte[] run(WorkerRequest request, Progress progress) throws BenchException {
    try {
      return answer(request, progress);
    } catch (SocketTimeoutException e) {
      close();
      throw crash(
          request,
          "was stopped at its deadline of " + request.deadline().toSeconds() + " s",
          false);
    } catch (IOException e) {
      Optional<Ending> ending = ending();
      String how = ending.map(this::words).orElse("its connection broke");
      close();
      throw crash(
          request,
          "failed: the worker process died (" + how + ")",
          ending.isEmpty() || ending.get().fromOutside());
    } catch (CrashException e) {
      close();
      throw e;
    }
  }

  private byte[] answer(WorkerRequest request, Progress progress)
      throws IOException, BenchException {
    long end = System.nanoTime() + request.deadline().toNanos();
    channel.write(
        FrameKind.REQUEST,
        new Request(ByClassName.of(request.handler()), request.payload()).encode());
    while (true) {
      Frame frame = channel.read(remainingMillis(end));
      switch (frame.kind()) {
        case DONE -> {
          return frame.payload();
        }
        case FAILED -> throw named(request, Failure.decode(frame.payload()));
        case PROGRESS -> {
          ByteBuffer numbers = ByteBuffer.wrap(frame.payload());
          progress.at(numbers.getLong(), numbers.getLong());
        }
        default -> throw new EOFException("the worker sent " + frame.kind());
      }
    }
  }

  private static int remainingMillis(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  /** Empty where it did not end, though its connection did. */
  private Optional<Ending> ending() {
    try {
      return Optional.of(new Ending(command.exit().get(2, TimeUnit.SECONDS)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("a worker's connection broke, and it has not ended", e);
    }
    return Optional.empty();
  }

  private String words(Ending ending) {
    String said = command.stderrTail().strip();
    String tail = Printable.words(said.substring(Math.max(0, said.length() - LONGEST_WORDS)));
    return ending.words() + (tail.isEmpty() ? "" : "; it said: " + tail);
  }

  private static BenchException named(WorkerRequest request, Failure failure) {
    return switch (failure.kind()) {
      case TRIAL ->
          new BenchException(
              request.stage(), Kind.TRIAL, request.what() + " failed: " + failure.message());
      case PASSING -> crash(request, "failed: " + failure.message(), false);
      case USAGE, ENVIRONMENT -> failure.exception();
    };
  }

  private static CrashException crash(WorkerRequest request, String how, boolean fromOutside) {
    return new CrashException(request.stage(), request.what() + " " + how, fromOutside, null);
  }

  boolean alive() {
    return command.alive();
  }

  /** The signal that it crashed by, as its JVM told; empty where it did not. */
  OptionalInt signal() {
    return crash.signal();
  }

  /** How it ended; empty while it lives. */
  OptionalInt exitCode() {
    return command.exit().isDone() ? OptionalInt.of(command.exit().getNow(0)) : OptionalInt.empty();
  }

  long pid() {
    return command.pid();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // closing is all we want
    }
    command.close();
    crash.close();
  }
}
