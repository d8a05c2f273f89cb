/**
 * How the log is written; Logback finds it as a service. Depends on nothing of ours but {@link
 * org.hilbench.Printable}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.log;
