package org.hilbench.space;

class ChainSpaceTest extends SearchSpaceContract {
  @Override
  protected SpaceProvider provider() {
    return new ChainSpace.Provider();
  }
}
