package org.hilbench.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, watched: {@link System#out} swallows what cannot be written, and a command whose
 * result did not arrive must not end as if it had. Every command prints through it; {@link #ended}
 * is asked once, at the end.
 */
final class StandardOutput extends OutputStream {
  /** What a program gets to hear that writes to a pipe without a reader: SIGPIPE, 128 + 13. */
  static final int READER_GONE = 141;

  private static final Path SELF = Path.of("/proc/self/fd/1");

  private final OutputStream out;
  private @Nullable IOException failure;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Takes the place of {@link System#out}. */
  static StandardOutput watched() {
    StandardOutput watched = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    String stated =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    Charset charset = stated == null ? Charset.defaultCharset() : Charset.forName(stated);
    System.setOut(new PrintStream(new java.io.BufferedOutputStream(watched), true, charset));
    return watched;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /** The exit code of a command that ended with {@code code}, now that all of it is written. */
  int ended(int code, PrintStream err) {
    System.out.flush();
    if (failure == null) {
      return code;
    }
    if (isPipe()) {
      return READER_GONE; // such as "| head", which has what it wanted: nothing to say
    }
    err.println(
        "hilbench: the result could not be written to standard output ("
            + failure.getMessage()
            + "); make room, or write it elsewhere");
    return ExitCode.ENVIRONMENT;
  }

  /** A pipe or a socket fails only because nobody reads it any more. */
  private static boolean isPipe() {
    try {
      return Files.readSymbolicLink(SELF).toString().matches("(pipe|socket):.*");
    } catch (IOException e) {
      return false;
    }
  }
}
