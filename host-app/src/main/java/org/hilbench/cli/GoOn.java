package org.hilbench.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.hilbench.desk.Home;
import org.hilbench.exec.ShellLine;
import org.hilbench.experiment.RunFolder;

/** The command that goes on with a search. */
final class GoOn {
  private GoOn() {}

  /**
   * To be pasted into a shell: what was given, with {@code --resume} and this folder.
   *
   * @param given the words behind the program's name
   */
  static String command(Home home, RunFolder folder, List<String> given) {
    List<String> words = new ArrayList<>(List.of(home.root().resolve("hilbench").toString()));
    for (Iterator<String> rest = given.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (word.equals("--out")) {
        rest.next();
      } else if (!word.equals("--resume") && !word.startsWith("--out=")) {
        words.add(word);
      }
    }
    words.addAll(List.of("--resume", "--out", folder.path().toString()));
    return ShellLine.of(words);
  }
}
