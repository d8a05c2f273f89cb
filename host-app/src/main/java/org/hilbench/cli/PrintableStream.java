package org.hilbench.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.hilbench.Printable;

/**
 * Standard output or error, with nothing in it that could move a terminal's cursor or forge a line:
 * whatever is printed, by whomever, is printed as {@link Printable#message} has it.
 */
final class PrintableStream extends PrintStream {
  private final PrintStream plain;

  private PrintableStream(PrintStream plain) {
    super(plain, true, StandardCharsets.UTF_8);
    this.plain = plain;
  }

  /** {@link System#out}; every command prints through it. */
  static PrintableStream out() {
    return over(System.out);
  }

  /** {@link System#err}. */
  static PrintableStream err() {
    return over(System.err);
  }

  /** From here on all that this process prints goes through such streams. */
  static void install() {
    System.setOut(out());
    System.setErr(err());
  }

  /** Over a stream of one's own. */
  static PrintableStream over(PrintStream stream) {
    return stream instanceof PrintableStream printable ? printable : new PrintableStream(stream);
  }

  /** What this program itself wants done to the terminal: it holds no text of others. */
  void layout(String ownControls) {
    plain.print(ownControls);
    plain.flush();
  }

  /** A document of several lines, each made of what is printable. */
  void document(String lines) {
    lines.lines().forEach(this::println);
  }

  @Override
  public void print(String text) {
    plain.print(Printable.message(String.valueOf(text)));
  }

  @Override
  public void print(Object text) {
    print(String.valueOf(text));
  }

  @Override
  public void print(char one) {
    print(String.valueOf(one));
  }

  @Override
  public void print(char[] text) {
    print(String.valueOf(text));
  }

  @Override
  public void println() {
    plain.println();
  }

  @Override
  public void println(String text) {
    plain.println(Printable.message(String.valueOf(text)));
  }

  @Override
  public void println(Object text) {
    println(String.valueOf(text));
  }

  /** Text that was encoded elsewhere, such as a log's: only ends of lines pass as they are. */
  @Override
  public void write(byte[] bytes, int from, int count) {
    Objects.checkFromIndexSize(from, count, bytes.length);
    int begin = from;
    for (int at = from; at < from + count; at++) {
      if (isControl(bytes[at])) {
        plain.write(bytes, begin, at - begin);
        plain.print(Printable.line(Character.toString(bytes[at])));
        begin = at + 1;
      }
    }
    plain.write(bytes, begin, from + count - begin);
    plain.flush();
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  private static boolean isControl(byte one) {
    return one != '\n' && ((one >= 0 && one < ' ') || one == 0x7f);
  }
}
