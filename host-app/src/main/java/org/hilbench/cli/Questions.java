package org.hilbench.cli;

import java.io.Console;
import java.util.Optional;
import org.hilbench.Printable;

/** Asks the user; empty where nobody can answer. */
@FunctionalInterface
interface Questions {
  Optional<String> ask(String question);

  /** At the terminal; nobody answers where input or output is none, or with {@code --yes}. */
  static Questions atTerminal(boolean askNothing) {
    Console console = askNothing ? null : System.console();
    return console == null
        ? question -> Optional.empty()
        : question ->
            Optional.ofNullable(console.readLine("%s ", Printable.line(question)))
                .map(String::strip);
  }
}
