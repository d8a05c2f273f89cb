/**
 * Serial ports: found by USB identity, never by name alone; followed when they come back under
 * another name; used by one program only. Entry types: {@link org.hilbench.serial.UsbDevices},
 * {@link org.hilbench.serial.FollowingLink}. The only user of jSerialComm. Depends on {@code
 * protocol} for its {@code Link}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.serial;
