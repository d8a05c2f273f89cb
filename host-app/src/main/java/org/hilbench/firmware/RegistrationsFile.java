package org.hilbench.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.board.StrictYaml;
import org.hilbench.tflite.Width;

/**
 * A kernel set's {@code registrations.txt}:
 *
 * <pre>{@code
 * # operator  function                    versions
 * CONV_2D     hilbench::kernels::Conv2d   1-3
 * # the same operator with 4-bit weights (:4) or on int16 (:16)
 * CONV_2D:4   hilbench::kernels::Conv2dW4 1-8
 * # memory that the kernels share: size_t(const tflite::Model&), void(void*, size_t)
 * scratch     hilbench::kernels::ScratchBytes  hilbench::kernels::UseScratch
 * }</pre>
 *
 * An operator's function is a {@code TfLiteRegistration*()}. No header is needed: the names say
 * all.
 *
 * @param own operators of the set
 * @param scratch absent where the kernels share no memory
 */
record RegistrationsFile(List<Registration> own, Optional<Scratch> scratch) {
  static final String NAME = "registrations.txt";
  static final RegistrationsFile EMPTY = new RegistrationsFile(List.of(), Optional.empty());

  private static final String FUNCTION = "([A-Za-z_]\\w*::)*[A-Za-z_]\\w*";

  /** One operator of one width, and the versions of it that the kernel takes. */
  record Registration(
      String operator, Width width, String function, int leastVersion, int mostVersion) {}

  /** How many bytes of the arena the kernels share, and what gives them to the kernels. */
  record Scratch(String bytesFunction, String useFunction) {}

  RegistrationsFile {
    own = List.copyOf(own);
  }

  /**
   * Reads the file's lines.
   *
   * @throws IllegalArgumentException naming the line that is not understood
   */
  static RegistrationsFile parse(List<String> lines) {
    List<Registration> own = new ArrayList<>();
    Optional<Scratch> scratch = Optional.empty();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      String[] words = line.split("\\s+");
      if (line.isEmpty()) {
        continue;
      }
      if (words.length == 3 && words[0].equals("scratch") && functions(words[1], words[2])) {
        scratch = Optional.of(new Scratch(words[1], words[2]));
      } else if (words.length == 3 && words[2].matches("\\d{1,3}-\\d{1,3}") && operator(words)) {
        own.add(registration(words));
      } else {
        throw new IllegalArgumentException(
            "line "
                + (i + 1)
                + ", '"
                + StrictYaml.word(line)
                + "', is neither 'OPERATOR function least-most', such as 'CONV_2D mine::Conv2d"
                + " 1-3', nor 'scratch function function'");
      }
    }
    return new RegistrationsFile(own, scratch);
  }

  private static Registration registration(String[] words) {
    String[] operator = words[0].split(":");
    String[] versions = words[2].split("-");
    return new Registration(
        operator[0],
        operator.length == 1 ? Width.INT8 : Width.of(Integer.parseInt(operator[1])),
        words[1],
        Integer.parseInt(versions[0]),
        Integer.parseInt(versions[1]));
  }

  private static boolean operator(String[] words) {
    return words[0].matches("[A-Z0-9_]+(:(4|8|16))?") && functions(words[1]);
  }

  private static boolean functions(String... names) {
    return List.of(names).stream().allMatch(name -> name.matches(FUNCTION));
  }
}
