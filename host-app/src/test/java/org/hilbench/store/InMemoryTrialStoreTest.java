package org.hilbench.store;

final class InMemoryTrialStoreTest extends TrialStoreContract {
  @Override
  TrialStore empty() {
    return new InMemoryTrialStore();
  }
}
