package org.hilbench.board;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * The text of a settings file: one YAML document of keys, lists and plain values. What YAML has
 * beyond that (anchors, aliases, tags, further documents) is refused. No message holds more of the
 * text than a word.
 */
final class YamlText {
  private static final int LARGEST = 1 << 20;
  private static final int DEEPEST = 20;
  private static final int LONGEST_QUOTE = 60;

  private YamlText() {}

  /** A text that is not such a document; the message says why and where. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** Checks what the text is made of, before anything is made of it. */
  static void check(String text) throws Refused {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    limits.setNestingDepthLimit(DEEPEST);
    int documents = 0;
    int depth = 0;
    try {
      for (Event event : new Yaml(limits).parse(new java.io.StringReader(text))) {
        documents += event instanceof DocumentStartEvent ? 1 : 0;
        require(documents < 2, event, "a second document begins; a file has one");
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof org.yaml.snakeyaml.events.CollectionEndEvent ? 1 : 0;
        require(depth <= DEEPEST, event, "more than " + DEEPEST + " levels");
        require(!(event instanceof AliasEvent), event, "an alias (*); write the value out");
        require(anchor(event) == null, event, "an anchor (&); write the value out");
        require(!tagged(event), event, "a tag (!); write the plain value");
      }
    } catch (MarkedYAMLException e) {
      throw new Refused("not YAML: " + word(e.getProblem()) + line(e));
    } catch (YAMLException e) {
      throw new Refused("not YAML: " + word(e.getMessage()));
    }
  }

  private static @org.jspecify.annotations.Nullable String anchor(Event event) {
    return event instanceof NodeEvent node ? node.getAnchor() : null;
  }

  private static boolean tagged(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag() != null;
    }
    return event instanceof CollectionStartEvent collection && collection.getTag() != null;
  }

  private static void require(boolean holds, Event event, String otherwise) throws Refused {
    if (!holds) {
      int line = event.getStartMark() == null ? 0 : event.getStartMark().getLine() + 1;
      throw new Refused("not taken: " + otherwise + " (line " + line + ")");
    }
  }

  private static String line(MarkedYAMLException e) {
    return e.getProblemMark() == null ? "" : " (line " + (e.getProblemMark().getLine() + 1) + ")";
  }

  /** The beginning of a text of others, on one line. */
  static String word(@org.jspecify.annotations.Nullable String text) {
    String line = String.valueOf(text).lines().findFirst().orElse("").strip();
    String shown = line.replaceAll("\\p{Cntrl}", "?");
    return shown.length() <= LONGEST_QUOTE ? shown : shown.substring(0, LONGEST_QUOTE) + "...";
  }
}
