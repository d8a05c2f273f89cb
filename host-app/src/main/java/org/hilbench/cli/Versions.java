package org.hilbench.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return new String[] {"hilbench " + (version == null ? "(not packaged)" : version)};
  }
}
