package org.hilbench.device;

import java.nio.file.Path;

/** Where the files of one run lie: a folder of its own. */
record RenodeFiles(Path folder) {
  Path script() {
    return folder.resolve("run.resc");
  }

  Path platform() {
    return folder.resolve("board.repl");
  }

  Path log() {
    return folder.resolve("renode.log");
  }

  Path pid() {
    return folder.resolve("pid");
  }

  Path config() {
    return folder.resolve("config");
  }
}
