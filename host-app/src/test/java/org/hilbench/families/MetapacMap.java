package org.hilbench.families;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The crate stm32-metapac, that chiptool made. */
final class MetapacMap implements VendorMap {
  private final Path folder;

  MetapacMap(Path crate, String chip) {
    this.folder = crate.resolve("src/chips").resolve(chip);
  }

  @Override
  public Optional<Long> address(String peripheral, String register) throws IOException {
    String pac = Files.readString(folder.resolve("pac.rs"));
    Matcher base =
        Pattern.compile("pub const " + peripheral + ": \\w+::\\w+ = .*?from_ptr\\((0x\\w+?)usize")
            .matcher(pac);
    Matcher offset =
        Pattern.compile(
                "fn "
                    + register.toLowerCase(Locale.ROOT)
                    + "\\(self(?:, n: usize)?\\)[^}]*?self\\.ptr\\.add\\((0x\\w+?)usize")
            .matcher(source(pac, peripheral));
    return base.find() && offset.find()
        ? Optional.of(number(base.group(1)) + number(offset.group(1)))
        : Optional.empty();
  }

  @Override
  public Optional<Bits> bits(String peripheral, String register, String field) throws IOException {
    String source = source(Files.readString(folder.resolve("pac.rs")), peripheral);
    Matcher type =
        Pattern.compile(
                "fn " + register.toLowerCase(Locale.ROOT) + "\\(self\\) -> [\\w:]+<regs::(\\w+),")
            .matcher(source);
    if (!type.find()) {
      return Optional.empty();
    }
    int begin = source.indexOf("impl " + type.group(1) + " {");
    int end = source.indexOf("\n    }\n", begin);
    Matcher place =
        Pattern.compile(
                "pub const fn "
                    + field.toLowerCase(Locale.ROOT)
                    + "\\(&self\\)[^}]*?>> (\\d+)usize\\) & (0x[0-9a-f]+)")
            .matcher(source.substring(begin, end));
    Matcher first =
        Pattern.compile(
                "pub const fn "
                    + field.toLowerCase(Locale.ROOT)
                    + "\\(&self, n: usize\\)[^}]*?offs = (\\d+)usize[^}]*?& (0x[0-9a-f]+)")
            .matcher(source.substring(begin, end));
    if (first.find()) { // of several alike, such as PLL1's to PLL3's: the first
      place = first;
      place.reset();
    }
    return place.find()
        ? Optional.of(
            new Bits(Integer.parseInt(place.group(1)), Long.bitCount(number(place.group(2)))))
        : Optional.empty();
  }

  private String source(String pac, String peripheral) throws IOException {
    Matcher module = Pattern.compile("pub const " + peripheral + ": (\\w+)::").matcher(pac);
    if (!module.find()) {
      return "";
    }
    Matcher path =
        Pattern.compile("#\\[path = \"([^\"]+)\"\\]\\s*pub mod " + module.group(1) + ";")
            .matcher(pac);
    return path.find() ? Files.readString(folder.resolve(path.group(1)).normalize()) : "";
  }

  private static long number(String rust) {
    return Long.decode(rust.replace("_", ""));
  }
}
