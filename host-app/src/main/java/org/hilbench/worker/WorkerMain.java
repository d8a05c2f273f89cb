package org.hilbench.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.hilbench.BenchException;
import org.hilbench.BenchException.Kind;
import org.hilbench.ByClassName;
import org.hilbench.Stage;
import org.hilbench.worker.FrameChannel.Frame;
import org.hilbench.worker.FrameChannel.FrameKind;
import org.hilbench.worker.Messages.Failure;
import org.hilbench.worker.Messages.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Main class of a worker process: connects back to its pool and does one request after the other.
 * It ends at once, in whatever it is, when the connection does.
 */
public final class WorkerMain {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
  static final String PORT = "HILBENCH_WORKER_PORT";
  static final String TOKEN = "HILBENCH_WORKER_TOKEN";
  private static final long PROGRESS_INTERVAL_NANOS = 100_000_000;

  private final FrameChannel channel;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final Map<String, WorkerHandler> handlers = new HashMap<>();

  private WorkerMain(FrameChannel channel) {
    this.channel = channel;
  }

  /** Takes the port and the token from the environment. */
  public static void main(String[] args) throws Exception {
    surviveTerminalSignals();
    int port = Integer.parseInt(System.getenv(PORT));
    FrameChannel channel = new FrameChannel(new Socket(InetAddress.getLoopbackAddress(), port));
    channel.write(FrameKind.HELLO, System.getenv(TOKEN).getBytes(StandardCharsets.US_ASCII));
    new WorkerMain(channel).serve();
  }

  /** Ctrl-C reaches the whole process group; the pool alone decides when a worker ends. */
  private static void surviveTerminalSignals() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    Runtime.getRuntime().halt(1);
                  }
                }));
  }

  private void serve() throws InterruptedException, IOException {
    Thread reader = new Thread(this::readRequests, "control channel");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      answer(requests.take());
    }
  }

  private void readRequests() {
    try {
      while (true) {
        Frame frame = channel.read(0);
        requests.add(Request.decode(frame.payload()));
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(0); // the pool is gone: nobody waits for the result
    }
  }

  private void answer(Request request) throws IOException {
    try {
      byte[] reply = handler(request.handler()).handle(request.payload(), throttled());
      channel.write(FrameKind.DONE, reply);
    } catch (BenchException e) {
      channel.write(FrameKind.FAILED, Failure.of(e).encode());
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      LOG.error("a request failed unexpectedly", e);
      channel.write(FrameKind.FAILED, unexpected(e).encode());
    }
  }

  /** Memory, a disk, a library or a defect: the pool finds out whether it passes. */
  private static Failure unexpected(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return new Failure(Stage.RUN, Kind.PASSING, e.getClass().getSimpleName() + ": " + message);
  }

  private WorkerHandler handler(String name) {
    return handlers.computeIfAbsent(name, made -> ByClassName.make(made, WorkerHandler.class));
  }

  private Progress throttled() {
    long[] last = {System.nanoTime() - PROGRESS_INTERVAL_NANOS};
    return (done, total) -> {
      long now = System.nanoTime();
      if (done < total && now - last[0] < PROGRESS_INTERVAL_NANOS) {
        return;
      }
      last[0] = now;
      try {
        channel.write(FrameKind.PROGRESS, Messages.progress(done, total));
      } catch (IOException e) {
        Runtime.getRuntime().halt(0);
      }
    };
  }
}
