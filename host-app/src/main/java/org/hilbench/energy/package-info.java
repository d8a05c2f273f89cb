/**
 * Energy meters and what they say of one inference. Entry types: {@link
 * org.hilbench.energy.EnergyMeter}, {@link org.hilbench.energy.InferenceEnergy}. Depends on {@code
 * protocol} for its {@code Link}.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.energy;
