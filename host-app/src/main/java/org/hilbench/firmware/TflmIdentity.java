package org.hilbench.firmware;

import java.util.Optional;

/**
 * Which TensorFlow Lite Micro an image holds.
 *
 * @param version the crate and its version, or what its user calls the library
 * @param includeSha256 of all headers of a user's library, hexadecimal; absent for the crate
 * @param archiveSha256 of a user's library, hexadecimal; absent for the crate
 */
public record TflmIdentity(
    String version, Optional<String> includeSha256, Optional<String> archiveSha256) {}
