package dev.gengap.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of the networks that have a name, each written for the images of its paper. */
final class NamedNetworks {
  static final List<String> NAMES =
      List.of(
          "alexnet-small",
          "inception-small",
          "inception-small-no-bn",
          "inception-v3",
          "lenet",
          "mlp-1x512",
          "mlp-3x512",
          "resnet-18",
          "vgg-small",
          "vgg-small-dropout",
          "wrn-28-1");

  /** Those that have no pooling over all that is left of images of one size. */
  private static final List<String> FOR_ANY_SIZE =
      List.of("alexnet-small", "lenet", "mlp-1x512", "mlp-3x512");

  private NamedNetworks() {}

  /** Whether the network {@code name} takes images of other sizes than its paper's. */
  static boolean isForAnySize(String name) {
    return FOR_ANY_SIZE.contains(name);
  }

  /** The file of the network {@code name}. */
  static String text(String name) {
    try (InputStream in = NamedNetworks.class.getResourceAsStream(name + ".conf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
