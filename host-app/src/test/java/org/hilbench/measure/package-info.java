@org.jspecify.annotations.NullMarked
package org.hilbench.measure;
