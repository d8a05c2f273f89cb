/**
 * A board or its simulation, behind one interface. Entry types: {@link org.hilbench.device.Device},
 * {@link org.hilbench.device.QemuMachine}. Depends on {@code protocol} and {@code exec}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.device;
