/**
 * Data sets behind names, with their encodings and seeded splits. Entry type: {@link
 * org.hilbench.data.Datasets}. Depends on {@code graph} (for {@code Shape} and ranges) alone.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.data;
