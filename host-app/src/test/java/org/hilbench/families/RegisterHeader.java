package org.hilbench.families;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a family's registers.h claims, and of which chips. */
record RegisterHeader(String crate, String version, List<String> chips, List<Claim> claims) {

  /** A register, or one of its fields, at its place. {@code width} is 0 for a whole register. */
  record Claim(
      List<String> chips,
      String peripheral,
      String register,
      long address,
      String field,
      int lowest,
      int width) {
    @Override
    public String toString() {
      return peripheral + "." + register + (field.isEmpty() ? "" : "." + field);
    }
  }

  private static final Pattern MAP = Pattern.compile("// map: (\\S+) (\\S+) (.*)");
  private static final Pattern ONLY = Pattern.compile("// only: (.*)");
  private static final Pattern REGISTER =
      Pattern.compile("HB_REGISTER\\((\\w+), (\\w+), 0x(\\w+), 0x(\\w+)\\)");
  private static final Pattern FIELD =
      Pattern.compile("HB_FIELD\\((\\w+), (\\w+), (\\w+), (\\d+), (\\d+)\\)");

  static RegisterHeader read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Matcher map =
        lines.stream().map(MAP::matcher).filter(Matcher::matches).findFirst().orElseThrow();
    List<String> all = List.of(map.group(3).split(" "));
    List<String> now = all;
    Map<String, Long> addresses = new HashMap<>();
    List<Claim> claims = new ArrayList<>();
    for (String line : lines) {
      Matcher only = ONLY.matcher(line);
      Matcher register = REGISTER.matcher(line);
      Matcher field = FIELD.matcher(line);
      if (only.matches()) {
        now = List.of(only.group(1).split(" "));
      } else if (line.isBlank()) {
        now = all;
      } else if (register.matches()) {
        long address = hex(register.group(3)) + hex(register.group(4));
        addresses.put(register.group(1) + register.group(2), address);
        claims.add(new Claim(now, register.group(1), register.group(2), address, "", 0, 0));
      } else if (field.matches()) {
        Long address = addresses.get(field.group(1) + field.group(2));
        if (address == null) {
          throw new IllegalStateException("a field before its register: " + line);
        }
        claims.add(
            new Claim(
                now,
                field.group(1),
                field.group(2),
                address,
                field.group(3),
                Integer.parseInt(field.group(4)),
                Integer.parseInt(field.group(5))));
      } else if (line.startsWith("HB_")) {
        throw new IllegalStateException("a line that the check does not understand: " + line);
      }
    }
    return new RegisterHeader(map.group(1), map.group(2), all, claims);
  }

  private static long hex(String digits) {
    return Long.parseLong(digits, 16);
  }
}
