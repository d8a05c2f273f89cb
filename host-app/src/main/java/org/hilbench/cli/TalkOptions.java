package org.hilbench.cli;

import picocli.CommandLine.Option;

/** The options that say how a command talks to who called it. */
final class TalkOptions {
  @Option(names = "--json", description = "Print one JSON document on standard output.")
  private boolean json;

  @Option(
      names = "--yes",
      description = "Ask nothing: set up what is missing, leave boards alone that are not adopted.")
  private boolean yes;

  boolean json() {
    return json;
  }

  /** Who reads JSON is a program, which answers nothing. */
  Questions questions() {
    return Questions.atTerminal(yes || json);
  }
}
