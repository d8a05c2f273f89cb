package org.hilbench.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs that end in each way. */
final class EndingTest {
  @ParameterizedTest
  @CsvSource({
    "kill -KILL $$, true, killed by SIGKILL",
    "kill -TERM $$, true, killed by SIGTERM",
    "kill -HUP $$, true, killed by SIGHUP",
    "kill -USR1 $$, true, killed by signal 10",
    "kill -SEGV $$, false, crashed by SIGSEGV",
    "kill -ABRT $$, false, crashed by SIGABRT",
    "kill -BUS $$, false, crashed by SIGBUS",
    "kill -ILL $$, false, crashed by SIGILL",
    "kill -FPE $$, false, crashed by SIGFPE"
  })
  void aSignalIsTold(String script, boolean fromOutside, String words) throws Exception {
    Ending ending = ending(script);
    assertTrue(ending.bySignal(), ending::toString);
    assertEquals(fromOutside, ending.fromOutside());
    assertEquals(words, ending.words());
  }

  @ParameterizedTest
  @CsvSource({"exit 0, exit code 0", "exit 3, exit code 3", "exit 255, exit code 255"})
  void anExitIsTheProgramsOwn(String script, String words) throws Exception {
    Ending ending = ending(script);
    assertFalse(ending.bySignal());
    assertFalse(ending.fromOutside());
    assertEquals(words, ending.words());
  }

  /** A file that grows over the limit, as on a disk with quotas. */
  @Test
  void aLimitOfTheSystemIsFromOutside() throws Exception {
    Ending ending = ending("ulimit -f 1; exec dd if=/dev/zero of=$(mktemp) bs=4096 count=9");
    assertEquals("killed by SIGXFSZ", ending.words());
    assertTrue(ending.fromOutside());
  }

  private static Ending ending(String script) throws Exception {
    return new ExecRunner().run(Command.of("sh", "-c", script)).ending();
  }
}
