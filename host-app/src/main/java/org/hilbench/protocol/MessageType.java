package org.hilbench.protocol;

/** Requests of the host. A reply's type is the request's, or-ed with {@link #REPLY}. */
public enum MessageType {
  HELLO(0x01),
  SET_OPERATING_POINT(0x02),
  INPUT(0x03),
  RUN(0x04),
  READ(0x05),
  STATISTICS(0x06),
  OPS(0x07),
  FAULT(0x08),
  RESET(0x09),
  ECHO(0x0a),
  CRASH(0x0b),
  UPLOAD_BEGIN(0x10),
  UPLOAD_DATA(0x11),
  UPLOAD_COMMIT(0x12),
  UPLOAD_PROGRESS(0x13);

  public static final int REPLY = 0x80;

  /** The request has begun; its answer follows. */
  public static final int WORKING = 0xfe;

  public static final int ERROR = 0xff;

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public int replyCode() {
    return code | REPLY;
  }
}
