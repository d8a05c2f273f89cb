/**
 * An independent definition in integers of what an int8 network computes, against which both the
 * writer and the runtimes are checked. Knows nothing of the {@code .tflite} format.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.oracle;
