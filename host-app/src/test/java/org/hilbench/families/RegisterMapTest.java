package org.hilbench.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.hilbench.board.ShippedBoards;
import org.hilbench.families.RegisterHeader.Claim;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every register, address and bit that the firmware names is the vendor's, by the register maps
 * that scripts/fetch-register-maps brings.
 */
class RegisterMapTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"stm32f4", "stm32f7", "stm32l4", "stm32h7", "stm32u5", "nrf52840", "nrf5340"})
  void everyRegisterAndBitIsTheVendors(String family) throws IOException {
    Path file =
        ShippedBoards.directory()
            .resolveSibling("firmware-templates/families")
            .resolve(family)
            .resolve("registers.h");
    RegisterHeader header = RegisterHeader.read(file);
    Path crate = crate(header);
    List<String> wrong = new ArrayList<>();
    for (Claim claim : header.claims()) {
      for (String chip : claim.chips()) {
        disagreement(VendorMap.of(crate, chip), claim)
            .ifPresent(what -> wrong.add(chip + " " + claim + ": " + what));
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(header.claims().size() >= 8, "only " + header.claims().size() + " were checked");
  }

  private static Optional<String> disagreement(VendorMap map, Claim claim) throws IOException {
    if (claim.field().isEmpty()) {
      Optional<Long> address = map.address(claim.peripheral(), claim.register());
      return address.equals(Optional.of(claim.address()))
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "0x%08x here, %s there",
                  claim.address(),
                  address.map(Long::toHexString)));
    }
    VendorMap.Bits here = new VendorMap.Bits(claim.lowest(), claim.width());
    Optional<VendorMap.Bits> there = map.bits(claim.peripheral(), claim.register(), claim.field());
    return there.equals(Optional.of(here))
        ? Optional.empty()
        : Optional.of(here + " here, " + there + " there");
  }

  private static Path crate(RegisterHeader header) throws IOException {
    String name = header.crate() + "-" + header.version();
    String home = System.getenv("CARGO_HOME");
    Path cargo = home == null ? Path.of(System.getProperty("user.home"), ".cargo") : Path.of(home);
    Path sources = cargo.resolve("registry/src");
    Optional<Path> found = Optional.empty();
    if (Files.isDirectory(sources)) {
      try (Stream<Path> registries = Files.list(sources)) {
        found = registries.map(each -> each.resolve(name)).filter(Files::isDirectory).findFirst();
      }
    }
    Assumptions.assumeTrue(
        found.isPresent(), "crate " + name + " is not there: run scripts/fetch-register-maps");
    return found.orElseThrow();
  }
}
