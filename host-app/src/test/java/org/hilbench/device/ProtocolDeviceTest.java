package org.hilbench.device;

import java.util.Random;

final class ProtocolDeviceTest extends DeviceContract {
  @Override
  protected Device open() throws DeviceException {
    return ProtocolDevice.greet(new FakeLine(), "fake", Patience.usual(), new Random(1));
  }
}
