@org.jspecify.annotations.NullMarked
package org.hilbench.device;
