/**
 * Every operator that a kernel set takes, in random small models, against TensorFlow Lite's
 * reference.
 */
package org.hilbench.operators;
