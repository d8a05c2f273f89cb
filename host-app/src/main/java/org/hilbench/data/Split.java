package org.hilbench.data;

/**
 * Which part of a dataset. A search sees the first two; TEST is read once, for the final report.
 */
public enum Split {
  TRAIN,
  VALIDATION,
  TEST
}
