/**
 * The commands of the program, its exit codes, and all the wiring. Entry type: {@link
 * org.hilbench.cli.Main}. May depend on everything.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.cli;
