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
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.Stage;
import org.hilbench.exec.Command;
import org.hilbench.exec.CommandRunner;
import org.hilbench.exec.RunningCommand;
import org.hilbench.worker.FrameChannel.Frame;
import org.hilbench.worker.FrameChannel.FrameKind;
import org.hilbench.worker.Messages.Failure;
import org.hilbench.worker.Messages.Request;

/** One live worker process and the connection to it; {@link #close} kills it, from any thread. */
final class WorkerProcess implements AutoCloseable {
  private static final int ACCEPT_MILLIS = 100;
  private static final Duration LIFETIME = Duration.ofDays(20);

  private final RunningCommand command;
  private final FrameChannel channel;

  private WorkerProcess(RunningCommand command, FrameChannel channel) {
    this.command = command;
    this.channel = channel;
  }

  static WorkerProcess start(CommandRunner runner, WorkerOptions options) throws BenchException {
    String token = UUID.randomUUID().toString();
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      RunningCommand command = runner.start(command(options, server.getLocalPort(), token));
      discard(command.stdout());
      try {
        return new WorkerProcess(command, accept(server, command, token, options.startLimit()));
      } catch (BenchException | IOException | RuntimeException e) {
        command.close();
        throw e;
      }
    } catch (IOException e) {
      throw notStarted("cannot open a loopback connection: " + e.getMessage(), e);
    }
  }

  private static Command command(WorkerOptions options, int port, String token) {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.add("-Xmx" + options.heapMegabytes() + "m");
    argv.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto"));
    options.properties().forEach((name, value) -> argv.add("-D" + name + "=" + value));
    argv.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
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
          throw notStarted("it ended at once; it said: " + command.stderrTail().strip(), e);
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

  private static BenchException notStarted(
      String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BenchException(
        Stage.TRAIN, Kind.ENVIRONMENT, "a worker process could not be started: " + why, cause);
  }

  /**
   * Does one request to its end.
   *
   * @throws BenchException as the worker reported it; or, with the worker unusable from then on
   *     (see {@link #alive}), because it died or overran the deadline
   */
  byte[] run(WorkerRequest request, Progress progress) throws BenchException {
    long end = System.nanoTime() + request.deadline().toNanos();
    try {
      channel.write(
          FrameKind.REQUEST, new Request(request.handler().getName(), request.payload()).encode());
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
    } catch (SocketTimeoutException e) {
      close();
      throw failed(
          request, "was stopped at its deadline of " + request.deadline().toSeconds() + " s");
    } catch (IOException e) {
      String how = exitWords();
      close();
      throw failed(request, "failed: the worker process died (" + how + ")");
    }
  }

  private static int remainingMillis(long end) throws SocketTimeoutException {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  private String exitWords() {
    try {
      int code = command.exit().get(2, TimeUnit.SECONDS);
      String said = command.stderrTail().strip();
      String tail = said.substring(Math.max(0, said.length() - 600));
      return "exit code " + code + (tail.isEmpty() ? "" : "; it said: " + tail);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (ExecutionException | TimeoutException e) {
      return "its connection broke";
    }
  }

  private static BenchException named(WorkerRequest request, Failure failure) {
    return failure.kind() == Kind.TRIAL
        ? failed(request, "failed: " + failure.message())
        : failure.exception();
  }

  private static BenchException failed(WorkerRequest request, String how) {
    return new BenchException(request.stage(), Kind.TRIAL, request.what() + " " + how);
  }

  boolean alive() {
    return command.alive();
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
  }
}
