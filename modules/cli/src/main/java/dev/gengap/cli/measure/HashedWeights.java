package dev.gengap.cli.measure;

import dev.gengap.core.Hashes;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.WeightsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Weights from a file. Immutable.
 *
 * @param sha256 of the file
 * @param weights it holds
 */
record HashedWeights(String sha256, Weights weights) {

  /**
   * Reads the weights of {@code network} from {@code file}.
   *
   * @throws UserError if it cannot be read, or holds others
   */
  static HashedWeights load(Path file, NetworkSpec network) {
    MessageDigest digest = Hashes.sha256Digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UserError(Problem.of(file.toString(), "file", e, "one that can be read"), e);
    }
    return new HashedWeights(Hashes.hex(digest), WeightsFile.load(file, network));
  }
}
