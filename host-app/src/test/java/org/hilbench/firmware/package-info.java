/** Tests of the firmware build, on the real compiler and the real sources. */
@org.jspecify.annotations.NullMarked
package org.hilbench.firmware;
