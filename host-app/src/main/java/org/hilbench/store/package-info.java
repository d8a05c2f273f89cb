/**
 * Where trials are kept: SQLite, one file an experiment, or memory. Entry type: {@link
 * org.hilbench.store.TrialStore}. Depends on the records of {@code trial}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.store;
