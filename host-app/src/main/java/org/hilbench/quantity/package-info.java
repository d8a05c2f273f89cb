/**
 * Quantities with their unit and origin, and constraints in words. Entry types: {@link
 * org.hilbench.quantity.Quantity}, {@link org.hilbench.quantity.Constraint}. Depends on nothing.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.quantity;
