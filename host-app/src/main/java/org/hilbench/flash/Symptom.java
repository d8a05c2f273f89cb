package org.hilbench.flash;

import java.util.regex.Pattern;

/** Words of a tool and what they mean. */
record Symptom(Pattern words, Trouble trouble) {
  static Symptom of(Trouble trouble, String regex) {
    return new Symptom(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), trouble);
  }
}
