package org.hilbench.protocol;

/** A packet whose CRC is right, but which does not say what its type must say. */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}
