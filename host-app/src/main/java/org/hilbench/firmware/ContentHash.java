package org.hilbench.firmware;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hilbench.Sha256;

/** SHA-256 over named pieces, each with its length, so that no two lists of pieces look alike. */
final class ContentHash {
  private final MessageDigest digest = Sha256.digest();

  ContentHash add(String piece) {
    return add(piece.getBytes(StandardCharsets.UTF_8));
  }

  ContentHash add(List<String> pieces) {
    add(Integer.toString(pieces.size()));
    pieces.forEach(this::add);
    return this;
  }

  ContentHash add(byte[] piece) {
    digest.update((piece.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(piece);
    return this;
  }

  /** Relative names and contents of the wanted files below a folder, in order of name. */
  ContentHash addTree(Path folder, Predicate<Path> wanted) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).map(folder::relativize).filter(wanted).toList();
    }
    for (Path file : files.stream().sorted().toList()) {
      add(file.toString().replace('\\', '/'));
      add(Files.readAllBytes(folder.resolve(file)));
    }
    return this;
  }

  /** Hexadecimal; the hash is spent. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
