/**
 * Image datasets with seeded splits. Entry type: {@link org.hilbench.data.FashionMnist}. Depends on
 * {@code graph} (for {@code Shape}) alone.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.data;
