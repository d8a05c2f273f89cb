package org.hilbench.protocol;

import java.util.Arrays;
import java.util.Optional;

/** Why a device refused a request. */
public enum ErrorCode {
  UNKNOWN_MESSAGE(1),
  BAD_FIELD(2),
  WRONG_NONCE(3),
  BAD_STATE(4),
  OUT_OF_RANGE(5),
  MODEL_NOT_READY(6),
  INVOKE_FAILED(7),
  UNKNOWN_OPERATING_POINT(8),
  FAULT(9),
  NOT_SUPPORTED(10),
  CORRUPT(11),
  FLASH_FAILED(12);

  private final int code;

  ErrorCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Empty for a code of a later version. */
  public static Optional<ErrorCode> of(long code) {
    return Arrays.stream(values()).filter(error -> error.code == code).findFirst();
  }
}
