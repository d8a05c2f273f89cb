package org.hilbench.families;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Crates that svd2rust made: stm32f4, stm32f7, stm32l4, stm32h7, nrf52840-pac, nrf5340-app-pac. */
final class SvdMap implements VendorMap {
  private static final String DOC = "(?:///|#\\[doc = r?\")";
  private final Path chip;
  private final Path root;

  SvdMap(Path crate, String chip) {
    Path own = crate.resolve("src").resolve(chip);
    this.chip = Files.isDirectory(own) ? own : crate.resolve("src");
    this.root = Files.isDirectory(own) ? own.resolve("mod.rs") : crate.resolve("src/lib.rs");
  }

  @Override
  public Optional<Long> address(String peripheral, String register) throws IOException {
    Optional<Matcher> block = block(peripheral);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    long base = Long.decode(block.get().group(2).replace("_", ""));
    return offsetOf(block.get().group(1), register).map(o -> base + o);
  }

  /** Of a register, or of one in a cluster: PSEL_TXD is TXD of PSEL. */
  private Optional<Long> offsetOf(String module, String register) throws IOException {
    Optional<Long> whole = offset(blockFile(module), register);
    for (int at = register.indexOf('_');
        whole.isEmpty() && at > 0;
        at = register.indexOf('_', at + 1)) {
      String cluster = register.substring(0, at);
      Optional<Long> outer = offset(blockFile(module), cluster);
      Optional<Long> inner = offset(registerFile(module, cluster), register.substring(at + 1));
      whole = outer.flatMap(begin -> inner.map(o -> begin + o));
    }
    return whole;
  }

  @Override
  public Optional<Bits> bits(String peripheral, String register, String field) throws IOException {
    Optional<Matcher> block = block(peripheral);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    Path file = registerFile(block.get().group(1), register);
    Pattern place =
        Pattern.compile(
            DOC
                + "Bits? (\\d+)(?::(\\d+))?\\b[^\\n"
                + "]*\\n"
                + "(?:[^\\n"
                + "]*\\n"
                + "){0,3}?[^\\n"
                + "]*pub (?:const )?fn "
                + name(field)
                + "\\(&(?:mut )?self\\)");
    return find(place, file)
        .map(
            found -> {
              int lowest = Integer.parseInt(found.group(1));
              int highest = found.group(2) == null ? lowest : Integer.parseInt(found.group(2));
              return new Bits(lowest, highest - lowest + 1);
            });
  }

  /** A chip's own module, or one that chips share: stm32h7 names those by a path. */
  private Path blockFile(String module) throws IOException {
    return shared(module).orElse(chip.resolve(module + ".rs"));
  }

  /** A register's own, or that of its cluster's: BANK1_CR is cr of bank, which there are two of. */
  private Path registerFile(String module, String register) throws IOException {
    Path folder = shared(module).map(Path::getParent).orElse(chip.resolve(module));
    String name = register.toLowerCase(Locale.ROOT);
    String ofMany = name.replaceFirst("^([a-z]+)[0-9]+(_|$)", "$1$2");
    return Stream.of(name, ofMany, ofMany.replaceFirst("_", "/"))
        .map(each -> folder.resolve(each + ".rs"))
        .filter(Files::exists)
        .findFirst()
        .orElse(folder.resolve(name + ".rs"));
  }

  private Optional<Path> shared(String module) throws IOException {
    return find(Pattern.compile("#\\[path = \"([^\"]+)\"\\]\\s*pub mod " + module + ";"), root)
        .map(found -> chip.resolve(found.group(1)).normalize());
  }

  private Optional<Matcher> block(String peripheral) throws IOException {
    String name = Pattern.quote(peripheral);
    Optional<Matcher> current =
        find(
            Pattern.compile(
                "pub type " + name + " = crate::Periph<(\\w+)::RegisterBlock, (0x[0-9a-f_]+)>"),
            root);
    return current.isPresent()
        ? current
        : find(
            Pattern.compile(
                "impl "
                    + name
                    + " \\{.{0,200}?PTR: \\*const (\\w+)::RegisterBlock = (0x[0-9a-f_]+)",
                Pattern.DOTALL),
            root);
  }

  private static Optional<Long> offset(Path file, String register) throws IOException {
    Pattern place =
        Pattern.compile(
            DOC
                + "0x([0-9a-f]+)(?:\\.\\.0x[0-9a-f]+)? - [^\\n"
                + "]*\\n"
                + "(?:[^\\n"
                + "#]*\"\\]\\n"
                + ")?(?:[^\\n"
                + "]*#\\[[^\\n"
                + "]*\\n"
                + ")*\\s*pub (?:(?:const )?fn )?"
                + name(register)
                + "(?::|\\(&self\\))");
    return find(place, file).map(found -> Long.parseLong(found.group(1), 16));
  }

  private static String name(String vendor) {
    return vendor.toLowerCase(Locale.ROOT);
  }

  private static Optional<Matcher> find(Pattern pattern, Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(Files.readString(file));
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }
}
