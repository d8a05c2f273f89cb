package org.hilbench;

import java.lang.reflect.Modifier;

/**
 * Makes what another process of this program named by its class. Only here does a name become code:
 * a class is not even initialised before it is known to be of the kind that is wanted.
 */
public final class ByClassName {
  private ByClassName() {}

  /**
   * The name under which {@link #make} makes one.
   *
   * @throws IllegalArgumentException if it could not
   */
  public static String of(Class<?> type) {
    if (!canBeMade(type)) {
      throw new IllegalArgumentException(
          type.getName() + " is no public class with a public constructor without arguments");
    }
    return type.getName();
  }

  private static boolean canBeMade(Class<?> type) {
    try {
      int constructor = type.getConstructor().getModifiers();
      return Modifier.isPublic(type.getModifiers() & constructor)
          && !Modifier.isAbstract(type.getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /**
   * A new one.
   *
   * @param kind what it has to be
   * @throws IllegalArgumentException if there is no such class, it is of another kind, or its
   *     constructor fails
   */
  public static <T> T make(String className, Class<T> kind) {
    try {
      ClassLoader loader = ByClassName.class.getClassLoader();
      Class<? extends T> type = Class.forName(className, false, loader).asSubclass(kind);
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException("no " + kind.getName() + " is made by " + className, e);
    }
  }
}
