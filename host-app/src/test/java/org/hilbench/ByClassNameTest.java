package org.hilbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

public class ByClassNameTest {
  private static boolean initialised;

  /** Can be made. */
  public static final class Made implements Runnable {
    @Override
    public void run() {}
  }

  /** Is of no kind that anybody asks for. */
  public static final class Foreign {
    static {
      initialised = true;
    }
  }

  static final class Hidden implements Runnable {
    @Override
    public void run() {}
  }

  /** Wants an argument. */
  public record Wanting(int something) implements Runnable {
    @Override
    public void run() {}
  }

  @Test
  void whatCanBeMadeIsMadeOfItsName() {
    assertInstanceOf(Made.class, ByClassName.make(ByClassName.of(Made.class), Runnable.class));
  }

  @Test
  void whatCannotBeMadeIsRefusedWhereItIsNamed() {
    Runnable lambda = () -> {};
    for (Class<?> type :
        new Class<?>[] {Hidden.class, Wanting.class, Runnable.class, lambda.getClass()}) {
      assertThrows(IllegalArgumentException.class, () -> ByClassName.of(type), type.getName());
    }
  }

  @Test
  void aClassOfAnotherKindIsNotEvenInitialised() {
    String name = ByClassName.of(Foreign.class);
    var refused =
        assertThrows(IllegalArgumentException.class, () -> ByClassName.make(name, Runnable.class));
    assertEquals("no java.lang.Runnable is made by " + name, refused.getMessage());
    assertFalse(initialised);
    assertThrows(
        IllegalArgumentException.class, () -> ByClassName.make("no.such.Class", Runnable.class));
  }
}
