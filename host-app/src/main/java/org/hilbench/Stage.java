package org.hilbench;

/** A step on a candidate's way, in order. */
public enum Stage {
  PROPOSE,
  DATA,
  TRAIN,
  QUANTIZE,
  WRITE,
  EVALUATE,
  BUILD,
  FLASH,
  RUN,
  VERIFY,
  STORE,
  REPORT
}
