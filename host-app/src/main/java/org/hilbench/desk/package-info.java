/**
 * What stands on this desk: where the installation's folders are, what is plugged in, and the bench
 * that measures on it. Entry types: {@link org.hilbench.desk.Home}, {@link org.hilbench.desk.Desk},
 * {@link org.hilbench.desk.Benches}. Depends on {@code lab}, {@code flash}, {@code bench}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.desk;
