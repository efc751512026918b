package dev.gengap.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where an embedded broker listens; kept in {@code broker.json} of its data folder while it runs.
 *
 * @param bootstrap host:port
 * @param pid the process the broker runs in
 */
public record BrokerAddress(String bootstrap, long pid) {
  private static final String FILE = "broker.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The address of the broker that now runs over {@code dataDir}, or empty where none does: then
   * the folder may be opened by {@link EmbeddedBroker#start}. A process that was killed leaves its
   * file behind, so the lock decides, not the file.
   *
   * @throws UserError if the folder or its address file cannot be read
   */
  public static Optional<BrokerAddress> ofRunning(Path dataDir) {
    return Files.isDirectory(dataDir) && DataFolder.isLocked(dataDir)
        ? Optional.of(read(dataDir))
        : Optional.empty();
  }

  /**
   * Whether no broker serves over {@code dataDir}, or no longer: one that ends removes its address
   * before it frees the folder.
   *
   * @throws UserError if the folder cannot be read
   */
  public static boolean isGone(Path dataDir) {
    return !Files.exists(dataDir.resolve(FILE)) || !DataFolder.isLocked(dataDir);
  }

  /**
   * Reads the address file of {@code dataDir}, whether or not its broker still runs.
   *
   * @throws UserError if there is none, or it is damaged
   */
  public static BrokerAddress read(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    try {
      return JSON.readValue(Files.readString(file), BrokerAddress.class);
    } catch (JsonProcessingException e) {
      throw new UserError(
          Problem.of(file.toString(), "content", e.getOriginalMessage(), "bootstrap and pid"), e);
    } catch (IOException e) {
      throw new UserError(
          Problem.of(file.toString(), "broker address", "unreadable", "a file")
              .withRemedy("start the experiment's broker first, or give --bootstrap"),
          e);
    }
  }

  /** Writes the address file in one step, so that a reader never sees half of it. */
  void write(Path dataDir) {
    try {
      Path part = dataDir.resolve(FILE + ".part");
      Files.writeString(part, JSON.writeValueAsString(this) + "\n");
      Files.move(
          part,
          dataDir.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the address file. */
  static void delete(Path dataDir) {
    try {
      Files.deleteIfExists(dataDir.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
