package org.hilbench.tflite;

import org.hilbench.BenchException;

/** Follows what a model says about itself; nothing of it is used, but all of it must be whole. */
final class Remarks {
  private Remarks() {}

  static void check(FlatTable model, FlatTable subgraph) throws BenchException {
    model.text(3, "description");
    model.vector(5, 4, "metadata_buffer").ints();
    subgraph.text(4, "name");
    for (FlatTable metadata : model.vector(6, 4, "metadata").tables()) {
      metadata.text(0, "name");
      metadata.i32(1, 0);
    }
    for (FlatTable signature : model.vector(7, 4, "signature_defs").tables()) {
      tensorMaps(signature, 0, "inputs");
      tensorMaps(signature, 1, "outputs");
      signature.text(2, "signature_key");
      signature.i32(4, 0);
    }
  }

  private static void tensorMaps(FlatTable signature, int slot, String name) throws BenchException {
    for (FlatTable map : signature.vector(slot, 4, name).tables()) {
      map.text(0, "name");
      map.i32(1, 0);
    }
  }
}
