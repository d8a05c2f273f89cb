/**
 * The Pareto report of stored trials, as one HTML file and as text. Entry types: {@link
 * org.hilbench.report.HtmlReport}, {@link org.hilbench.report.TextReport}. Depends on {@code
 * store}, the measured models of {@code desk} and the records of {@code trial}, with the
 * quantities, measurements and graphs inside them.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.report;
