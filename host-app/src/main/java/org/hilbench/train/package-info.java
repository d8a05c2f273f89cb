/**
 * Trains a graph with DJL's PyTorch engine in worker processes and gives float weights. Entry
 * types: {@link org.hilbench.train.Trainer}, {@link org.hilbench.train.ProcessTrainer}. Depends on
 * {@code graph}, {@code data}, {@code worker}; the only user of {@code ai.djl}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.train;
