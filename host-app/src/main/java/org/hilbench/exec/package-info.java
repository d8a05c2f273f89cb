/**
 * The only place that starts programs. Entry type: {@link org.hilbench.exec.CommandRunner}. Depends
 * on nothing of ours.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.exec;
