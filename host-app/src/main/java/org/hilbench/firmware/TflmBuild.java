package org.hilbench.firmware;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The TensorFlow Lite Micro of an image: sources compiled here, or a library that is linked. */
sealed interface TflmBuild permits TflmSources, TflmLibrary {
  /** As the device tells it. */
  String version();

  /** Names all of its content, for keys of images. */
  List<String> content();

  /** Adds what reaches the compiler, for keys of archives that are compiled against it. */
  ContentHash addCompiled(ContentHash key);

  /** Which one, for records. */
  TflmIdentity identity();

  /** Settings of every CMake project that compiles against it. */
  List<String> cmakeSettings();

  /** Folders of its headers, for an image's own source. */
  List<Path> includes();

  /** The library that is linked as it is; empty where the archives are compiled here. */
  Optional<Path> archive();

  /** Objects of {@link #archive} that belong to kernels. */
  List<String> kernelObjects();

  /** How the API declares and names what an image's table of operators holds. */
  TflmApi api();
}
