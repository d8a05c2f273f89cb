/**
 * What works on this machine, and the command that mends what does not. Entry type: {@link
 * org.hilbench.doctor.Doctor}. May depend on everything that it checks.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.doctor;
