/**
 * Networks for images: a stem, blocks of three kinds, and a head. Entry types: {@link
 * org.hilbench.space.image.ImageNetwork}, {@link org.hilbench.space.image.ImageSpace}. Depends on
 * {@code space} and {@code graph}; nothing outside {@code space} knows it.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.space.image;
