package org.hilbench.reference;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.MutableOpResolver;
import org.bytedeco.tensorflowlite.OpResolver;
import org.hilbench.BenchException;
import org.hilbench.Stage;

/**
 * TensorFlow Lite's native library and its op resolvers, loaded once a JVM and never freed: they
 * are read-only tables that every interpreter shares.
 */
final class NativeTflite {
  /** {@code tflite::ops::builtin::BuiltinRefOpResolver}: exported, but not wrapped by bytedeco. */
  private static final String REFERENCE_CONSTRUCTOR =
      "_ZN6tflite3ops7builtin20BuiltinRefOpResolverC1Ev";

  /** More than the resolver takes: a vtable, two hash maps and two vectors. */
  private static final int RESOLVER_BYTES = 4096;

  private static final int RTLD_LAZY = 1;

  private static final int DEPTHWISE_CONV_2D = 4;
  private static final int QUANTIZE = 114;

  /** The version of a depthwise convolution with int4 weights. */
  private static final int DEPTHWISE_INT4 = 7;

  private NativeTflite() {}

  static OpResolver resolver(Kernels kernels) throws BenchException {
    try {
      return switch (kernels) {
        case REFERENCE -> Reference.RESOLVER;
        case ROUNDING_ONCE -> RoundingOnce.RESOLVER;
        case OPTIMIZED -> Optimized.RESOLVER;
      };
    } catch (LinkageError e) {
      throw unloadable(e);
    }
  }

  /** A holder's failure shows itself as a LinkageError, the first time with its cause. */
  private static BenchException unloadable(LinkageError error) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return new BenchException(
        Stage.EVALUATE,
        BenchException.Kind.ENVIRONMENT,
        "TensorFlow Lite's native library does not load on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + " ("
            + cause
            + "); it needs Linux on x86_64 with glibc and a cache folder (HILBENCH_CACHE) that can"
            + " be written",
        error);
  }

  /**
   * What networks of mixed precision need beyond what is registered: the kernel of a depthwise
   * convolution takes int4 weights (version 7), but the reference resolver knows it up to 6 only;
   * and QUANTIZE from int8 to int16.
   */
  private static MutableOpResolver completed(MutableOpResolver resolver) {
    Pointer known = resolver.FindOp(DEPTHWISE_CONV_2D, DEPTHWISE_INT4);
    if (known == null || known.isNull()) {
      resolver.AddBuiltin(
          DEPTHWISE_CONV_2D,
          resolver.FindOp(DEPTHWISE_CONV_2D, DEPTHWISE_INT4 - 1),
          DEPTHWISE_INT4);
    }
    resolver.AddBuiltin(QUANTIZE, WideningQuantize.registration(), WideningQuantize.VERSION);
    return resolver;
  }

  private static final class Optimized {
    static final OpResolver RESOLVER = completed(new BuiltinOpResolverWithoutDefaultDelegates());
  }

  /** The resolver of TensorFlow Lite's own reference kernels. */
  static MutableOpResolver stock() {
    return Stock.RESOLVER;
  }

  private static final class Reference {
    private static final Memory MEMORY = referenceResolver();
    static final OpResolver RESOLVER = MicroFullyConnected.into(resolverAt(MEMORY), true);
  }

  private static final class RoundingOnce {
    private static final Memory MEMORY = referenceResolver();
    static final OpResolver RESOLVER = MicroFullyConnected.into(resolverAt(MEMORY), false);
  }

  private static final class Stock {
    private static final Memory MEMORY = referenceResolver();
    static final MutableOpResolver RESOLVER = resolverAt(MEMORY);
  }

  /** A reference resolver in memory that has to live as long. */
  private static Memory referenceResolver() {
    String library = Loader.load(org.bytedeco.tensorflowlite.global.tensorflowlite.class);
    Memory memory = new Memory(RESOLVER_BYTES);
    memory.clear();
    NativeLibrary.getInstance(library, Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY))
        .getFunction(REFERENCE_CONSTRUCTOR)
        .invokeVoid(new Object[] {memory});
    return memory;
  }

  private static MutableOpResolver resolverAt(Memory memory) {
    return completed(new MutableOpResolver(new Address(com.sun.jna.Pointer.nativeValue(memory))));
  }

  /** An address that JNA owns, as JavaCPP sees it. */
  private static final class Address extends Pointer {
    Address(long at) {
      super((Pointer) null);
      this.address = at;
    }
  }
}
