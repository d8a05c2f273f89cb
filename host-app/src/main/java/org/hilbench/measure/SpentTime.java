package org.hilbench.measure;

import java.time.Duration;

/**
 * Where the job's time went: building the image, starting the device with the model on it, running.
 */
public record SpentTime(Duration build, Duration boot, Duration run) {}
