/**
 * A search as an object, without a terminal: {@link org.hilbench.experiment.Experiment} opens or
 * goes on with one, runs it, and tells a listener; {@link org.hilbench.experiment.ExperimentResult}
 * is what it came to. The command line, a page, a gate and a test use it alike. Depends on every
 * stage and on {@code desk}; no argument is parsed and nothing printed here.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.experiment;
