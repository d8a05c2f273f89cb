/**
 * What one candidate's way through the stages left behind, and the pipeline that walks it. Entry
 * types: {@link org.hilbench.trial.Trial}, {@link org.hilbench.trial.StageKey}. The records depend
 * on {@code space}, {@code search} (a trial's key) and {@code measure} only.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.trial;
