/**
 * Worker JVMs that run one task at a time and may die without taking anything else with them. Entry
 * type: {@link org.hilbench.worker.WorkerPool}. Depends on {@code exec}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.worker;
