package org.hilbench.quantity;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A number with its unit and where it came from. The origin is the type, so that a simulated number
 * cannot pass for a measured one. No quantity is negative, infinite or NaN: constructors throw
 * {@link IllegalArgumentException}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "origin")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Quantity.Measured.class, name = "measured"),
  @JsonSubTypes.Type(value = Quantity.Simulated.class, name = "simulated"),
  @JsonSubTypes.Type(value = Quantity.Estimated.class, name = "estimated"),
  @JsonSubTypes.Type(value = Quantity.Linked.class, name = "linked"),
  @JsonSubTypes.Type(value = Quantity.Counted.class, name = "counted")
})
public sealed interface Quantity {
  /** In the base unit {@link #unit}. */
  double value();

  Unit unit();

  /** The word shown beside the number and written to JSON: measured, simulated, ... */
  String origin();

  /** Read from the hardware itself. */
  record Measured(double value, Unit unit) implements Quantity {
    public Measured {
      unit.require(value);
    }

    @Override
    public String origin() {
      return "measured";
    }
  }

  /** Counted by a simulator while the real firmware ran on it. */
  record Simulated(double value, Unit unit) implements Quantity {
    public Simulated {
      unit.require(value);
    }

    @Override
    public String origin() {
      return "simulated";
    }
  }

  /**
   * Computed by a model from other numbers; {@code relativeError} is its error bar (0.5 = 50 %).
   */
  record Estimated(double value, Unit unit, double relativeError) implements Quantity {
    public Estimated {
      unit.require(value);
      if (!(relativeError >= 0)) {
        throw new IllegalArgumentException("an error bar of " + relativeError);
      }
    }

    @Override
    public String origin() {
      return "estimated";
    }
  }

  /** Read from the linked ELF file. */
  record Linked(double value, Unit unit) implements Quantity {
    public Linked {
      unit.require(value);
    }

    @Override
    public String origin() {
      return "linked";
    }
  }

  /** Computed exactly from the network itself, such as MACs and parameters. */
  record Counted(double value, Unit unit) implements Quantity {
    public Counted {
      unit.require(value);
    }

    @Override
    public String origin() {
      return "counted";
    }
  }
}
