package org.hilbench.families;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hilbench.board.BoardProfile;
import org.hilbench.board.ShippedBoards;
import org.hilbench.families.RegisterHeader.Claim;

/** Which ready bit follows which enable, by each family's reference manual. */
final class Family {
  /** A status field and the control field that it follows. */
  private record Pair(String status, String control) {}

  /** Control fields: where they take no write they keep the 1 of their reset. */
  private static final List<String> KEPT = List.of("PWR.CR5.R1MODE", "CLOCK_S.HFCLKCTRL.HCLK");

  private static final int SOON = 2;
  private final RegisterHeader header;
  private final String target;
  private final List<Pair> pairs;
  private final List<String> setAtReset;

  private Family(String target, RegisterHeader header, List<Pair> pairs, List<String> setAtReset) {
    this.target = target;
    this.header = header;
    this.pairs = pairs;
    this.setAtReset = setAtReset;
  }

  static Family of(BoardProfile board) throws IOException {
    String target = board.target();
    RegisterHeader header =
        RegisterHeader.read(
            ShippedBoards.directory()
                .resolveSibling("firmware-templates/families/" + target + "/registers.h"));
    String rcc = "RCC.CR.";
    return switch (target) {
      case "stm32f4", "stm32f7" -> {
        String pwr = target.equals("stm32f4") ? "PWR.CR." : "PWR.CR1.";
        String csr = target.equals("stm32f4") ? "PWR.CSR." : "PWR.CSR1.";
        yield new Family(
            target,
            header,
            List.of(
                pair(rcc + "HSIRDY", rcc + "HSION"),
                pair(rcc + "HSERDY", rcc + "HSEON"),
                pair(rcc + "PLLRDY", rcc + "PLLON"),
                pair("RCC.CFGR.SWS", "RCC.CFGR.SW"),
                pair(csr + "VOSRDY", rcc + "PLLON"),
                pair(csr + "ODRDY", pwr + "ODEN"),
                pair(csr + "ODSWRDY", pwr + "ODSWEN")),
            List.of(rcc + "HSION"));
      }
      case "stm32l4" ->
          new Family(
              target,
              header,
              List.of(
                  pair(rcc + "MSIRDY", rcc + "MSION"),
                  pair(rcc + "PLLRDY", rcc + "PLLON"),
                  pair("RCC.CFGR.SWS", "RCC.CFGR.SW")),
              List.of(rcc + "MSION", "PWR.CR5.R1MODE"));
      case "stm32h7" ->
          new Family(
              target,
              header,
              List.of(
                  pair(rcc + "HSIRDY", rcc + "HSION"),
                  pair(rcc + "HSERDY", rcc + "HSEON"),
                  pair(rcc + "PLL1RDY", rcc + "PLL1ON"),
                  pair("RCC.CFGR.SWS", "RCC.CFGR.SW"),
                  pair("PWR.CSR1.ACTVOSRDY", "PWR.CR3.LDOEN"),
                  pair("PWR.D3CR.VOSRDY", "RCC.APB4ENR.SYSCFGEN")),
              List.of(rcc + "HSION", "PWR.CR3.LDOEN"));
      case "stm32u5" ->
          new Family(
              target,
              header,
              List.of(
                  pair(rcc + "MSISRDY", rcc + "MSISON"),
                  pair(rcc + "PLLRDY", rcc + "PLLON"),
                  pair("RCC.CFGR1.SWS", "RCC.CFGR1.SW"),
                  pair("PWR.SVMSR.REGS", "PWR.CR3.REGSEL"),
                  pair("PWR.VOSR.VOSRDY", "RCC.AHB3ENR.PWREN"),
                  pair("PWR.VOSR.BOOSTRDY", "PWR.VOSR.BOOSTEN")),
              List.of(rcc + "MSISON"));
      default -> nordic(target, header);
    };
  }

  private static Family nordic(String target, RegisterHeader header) {
    String clock = target.equals("nrf52840") ? "CLOCK" : "CLOCK_S";
    String started = clock + ".EVENTS_HFCLKSTARTED.EVENTS_HFCLKSTARTED";
    return new Family(
        target,
        header,
        List.of(pair(clock + ".HFCLKSTAT.SRC", started)),
        target.equals("nrf52840")
            ? List.of(clock + ".HFCLKSTAT.STATE")
            : List.of(clock + ".HFCLKSTAT.STATE", clock + ".HFCLKCTRL.HCLK"));
  }

  private static Pair pair(String status, String control) {
    return new Pair(status, control);
  }

  RegisterModel model(int delay) {
    return model(delay, "");
  }

  /** The same part with one status or control field that never takes its value. */
  RegisterModel modelWithout(String dead) {
    return model(SOON, dead);
  }

  private RegisterModel model(int delay, String dead) {
    RegisterModel model = new RegisterModel();
    for (String name : setAtReset) {
      if (!name.equals(dead)) {
        model.reset(field(name), 1);
      } else if (KEPT.contains(name)) {
        model.reset(field(name), 1);
      }
    }
    for (Pair pair : pairs) {
      if (!pair.status().equals(dead)) {
        model.follow(field(pair.status()), field(pair.control()), delay);
      }
    }
    header.claims().stream()
        .filter(claim -> claim.field().isEmpty() && claim.register().equals("TASKS_HFCLKSTART"))
        .forEach(task -> startOscillator(model, task, dead));
    if (!dead.isEmpty()) {
      model.ignoreWrites(field(dead));
    }
    return model;
  }

  private void startOscillator(RegisterModel model, Claim task, String dead) {
    String event = task.peripheral() + ".EVENTS_HFCLKSTARTED.EVENTS_HFCLKSTARTED";
    if (!event.equals(dead)) {
      model.task(task.address(), field(event));
    }
  }

  String target() {
    return target;
  }

  boolean hasSwitch() {
    return target.startsWith("stm32");
  }

  int pllCode() {
    return target.equals("stm32f4") || target.equals("stm32f7") ? 2 : 3;
  }

  boolean has(String field) {
    return header.claims().stream().anyMatch(claim -> claim.field().equals(field));
  }

  /** By its full name, or by that of the field alone where only one register has it. */
  Claim field(String name) {
    List<Claim> found = new ArrayList<>();
    for (Claim claim : header.claims()) {
      if (claim.toString().equals(name) || (!name.contains(".") && claim.field().equals(name))) {
        found.add(claim);
      }
    }
    Optional<Claim> only = found.stream().findFirst();
    return only.orElseThrow(() -> new IllegalArgumentException(target + " has no " + name));
  }
}
