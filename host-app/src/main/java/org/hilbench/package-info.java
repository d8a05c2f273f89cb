/** Hardware-in-the-loop bench for TinyML architecture search; the packages follow one candidate. */
@org.jspecify.annotations.NullMarked
package org.hilbench;
