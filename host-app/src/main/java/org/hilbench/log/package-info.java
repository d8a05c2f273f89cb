/**
 * How the log is written; {@code logback.xml} names its classes. Depends on nothing of ours but
 * {@link org.hilbench.Printable}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.log;
