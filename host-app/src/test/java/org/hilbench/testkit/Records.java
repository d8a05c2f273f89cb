package org.hilbench.testkit;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records taken apart and put together by reflection. */
public final class Records {
  private Records() {}

  /** The one record, but for this component, which is the other's. */
  public static <R extends Record> R with(R one, RecordComponent component, R other) {
    RecordComponent[] components = one.getClass().getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(each -> value(each, each.getName().equals(component.getName()) ? other : one))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      @SuppressWarnings("unchecked") // it has the class of the one
      R made = (R) one.getClass().getDeclaredConstructor(types).newInstance(values);
      return made;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
