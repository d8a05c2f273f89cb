package org.hilbench.trial;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What it takes to run a trial again to the same bytes.
 *
 * @param gitCommit commit of hilbench, with {@code -dirty} behind it where the tree was changed
 * @param tools versions by tool: java, djl, pytorch, tflite, tflm, gcc, qemu, ...
 * @param flags the search's flags, all of them, with the values that held
 * @param hashes SHA-256 by what was hashed: model, data, boardProfile, image, ...
 * @param seed the candidate's own seed
 * @param host name and processor of the machine
 */
public record Provenance(
    String gitCommit,
    Map<String, String> tools,
    Map<String, String> flags,
    Map<String, String> hashes,
    long seed,
    String host) {
  public Provenance {
    Objects.requireNonNull(gitCommit);
    Objects.requireNonNull(host);
    tools = sorted(tools);
    flags = sorted(flags);
    hashes = sorted(hashes);
  }

  /** The same place and time, another candidate. */
  public Provenance with(long newSeed, Map<String, String> newHashes) {
    return new Provenance(gitCommit, tools, flags, newHashes, newSeed, host);
  }

  /** The same with one more tool, or another version of it. */
  public Provenance withTool(String tool, String version) {
    Map<String, String> more = new TreeMap<>(tools);
    more.put(tool, version);
    return new Provenance(gitCommit, more, flags, hashes, seed, host);
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(map)));
  }
}
