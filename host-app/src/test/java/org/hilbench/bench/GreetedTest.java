package org.hilbench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.hilbench.device.Device;
import org.hilbench.device.DeviceException;
import org.hilbench.device.Identity;
import org.hilbench.device.ModelPlace;
import org.hilbench.device.ModelStatus;
import org.hilbench.device.Upload;
import org.hilbench.firmware.FirmwareImage;
import org.hilbench.firmware.FlashUse;
import org.hilbench.firmware.StaticRam;
import org.hilbench.firmware.TflmIdentity;
import org.hilbench.tflite.TfliteModel;
import org.junit.jupiter.api.Test;

/** Where a model is sent to: RAM first, then the slot in flash. */
final class GreetedTest {
  private final List<ModelPlace> tried = new ArrayList<>();
  private Optional<DeviceException> ofRam = Optional.empty();
  private Optional<DeviceException> ofFlash = Optional.empty();
  private ModelStatus inRam = ModelStatus.READY;
  private OptionalLong slot = OptionalLong.of(100_000);

  @Test
  void aModelThatFitsRamGoesThere() throws Exception {
    assertEquals(Optional.of(ModelPlace.RAM), greeted().modelPlace());
    assertEquals(List.of(ModelPlace.RAM), tried);
  }

  @Test
  void oneThatIsTooLargeForRamGoesIntoFlash() throws Exception {
    ofRam = Optional.of(new DeviceException.TooLarge("no room"));
    assertEquals(Optional.of(ModelPlace.FLASH), greeted().modelPlace());
    assertEquals(List.of(ModelPlace.RAM, ModelPlace.FLASH), tried);
  }

  @Test
  void oneWhoseArenaDoesNotFitBesideItGoesIntoFlash() throws Exception {
    inRam = ModelStatus.REFUSED;
    assertEquals(Optional.of(ModelPlace.FLASH), greeted().modelPlace());
  }

  @Test
  void withoutASlotItIsToldThatThereIsNoRoom() {
    slot = OptionalLong.empty();
    ofRam = Optional.of(new DeviceException.TooLarge("no room"));
    NoRoomException none = assertThrows(NoRoomException.class, this::greeted);
    assertEquals("no room", none.why());
    assertEquals(List.of(ModelPlace.RAM), tried);
  }

  @Test
  void flashThatFailsIsNoRoomEither() {
    ofRam = Optional.of(new DeviceException.TooLarge("no room"));
    ofFlash = Optional.of(new DeviceException.FlashFailed("desk", "worn out", 0x0806_0000L, 16));
    NoRoomException none = assertThrows(NoRoomException.class, this::greeted);
    String words = String.valueOf(none.getMessage());
    assertTrue(words.contains("worn out, at 0x08060000, status 0x00000010"), words);
    assertTrue(words.contains("without --upload"), words);
  }

  private Greeted greeted() throws Exception {
    TfliteModel model = small();
    Identity[] now = {identity(model, ModelStatus.NONE, Optional.empty())};
    Device device =
        (Device)
            Proxy.newProxyInstance(
                Device.class.getClassLoader(),
                new Class<?>[] {Device.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "name" -> "desk";
                      case "identity" -> now[0];
                      case "upload" -> {
                        now[0] = taken((Upload) arguments[0], model);
                        yield 4096L;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return Greeted.withModel(device, resident(), model, resident());
  }

  private static TfliteModel small() throws Exception {
    try (InputStream file =
        GreetedTest.class.getResourceAsStream("/org/hilbench/selftest/model.tflite")) {
      return TfliteModel.parse(Objects.requireNonNull(file).readAllBytes());
    }
  }

  private static FirmwareImage resident() {
    return new FirmwareImage(
        Path.of("firmware.elf"),
        "aa",
        new FlashUse(1, 1, 1, 1, 1),
        new StaticRam(1, 1, 8192, 1, 1),
        "gcc",
        new TflmIdentity("1", Optional.empty(), Optional.empty()),
        "reference",
        "build",
        Optional.empty(),
        Optional.empty());
  }

  private Identity taken(Upload upload, TfliteModel model) throws DeviceException {
    tried.add(upload.place());
    boolean ram = upload.place() == ModelPlace.RAM;
    Optional<DeviceException> refused = ram ? ofRam : ofFlash;
    if (refused.isPresent()) {
      throw refused.get();
    }
    return identity(model, ram ? inRam : ModelStatus.READY, Optional.of(upload.place()));
  }

  private Identity identity(TfliteModel model, ModelStatus status, Optional<ModelPlace> place) {
    return new Identity(
        "build",
        status == ModelStatus.NONE ? "" : model.sha256(),
        model.bytes().length,
        place,
        "1",
        "reference",
        "cortex-m4f",
        "stm32f4",
        "",
        1024,
        (int) model.inputTensor().bytes(),
        (int) model.outputTensor().bytes(),
        model.operators().size(),
        OptionalLong.of(10_000),
        slot,
        "",
        new Identity.Capabilities(true, true, true, true, true, true),
        List.of(),
        status,
        "");
  }
}
