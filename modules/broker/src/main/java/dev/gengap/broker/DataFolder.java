package dev.gengap.broker;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A broker's data folder, locked against every other process (and every other broker of this one)
 * until closed. Confined to one thread.
 */
final class DataFolder implements AutoCloseable {
  /** Free space a broker needs to start [bytes]. */
  static final long MIN_FREE_BYTES = 1L << 30;

  private static final String LOCK = "broker.lock";

  private final FileChannel channel;
  private final FileLock lock;
  private final Path path;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Creates the folder if it is absent, checks that it can be written and has room, and locks it.
   *
   * @throws UserError if it cannot be written, is short of space, or is in use
   */
  static DataFolder open(Path path, long minFreeBytes) {
    requireRoom(path, minFreeBytes);
    try {
      Files.createDirectories(path);
      FileChannel channel = openLockFile(path);
      try {
        return new DataFolder(path, channel, lock(path, channel));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UserError(
          Problem.of(path.toString(), "broker data folder", reason(e), "a folder to write in")
              .withRemedy("choose another run folder, or give --bootstrap"),
          e);
    }
  }

  /**
   * Checks that the disk of {@code path}, which need not exist, has room; writes nothing. Where
   * nothing may be written at all, creating the folder says why.
   *
   * @throws UserError if it is short of space
   */
  static void requireRoom(Path path, long minFreeBytes) {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      long free = Files.getFileStore(existing).getUsableSpace();
      if (free < minFreeBytes && Files.isWritable(existing)) {
        throw new UserError(
            Problem.of(
                    path.toString(),
                    "free disk space",
                    mebibytes(free),
                    "at least " + mebibytes(minFreeBytes))
                .withRemedy("free some, or choose another run folder"));
      }
    } catch (IOException e) {
      throw new UserError(
          Problem.of(path.toString(), "free disk space", reason(e), "a disk that says it"), e);
    }
  }

  /** Whether some process, this one included, holds the folder's lock. */
  static boolean isLocked(Path path) {
    if (!Files.exists(path.resolve(LOCK))) {
      return false;
    }
    try (FileChannel channel = openLockFile(path);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new UserError(
          Problem.of(path.toString(), "broker data folder", reason(e), "a folder to write in"), e);
    }
  }

  /** Where Kafka keeps its logs. */
  Path logs() {
    return path.resolve("log");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static FileChannel openLockFile(Path path) throws IOException {
    return FileChannel.open(
        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static FileLock lock(Path path, FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw new UserError(inUse(path), e);
    }
    throw new UserError(inUse(path));
  }

  private static Problem inUse(Path path) {
    String holder = "another process";
    if (Files.exists(path.resolve("broker.json"))) {
      BrokerAddress address = BrokerAddress.read(path);
      holder = "process " + address.pid() + ", which serves " + address.bootstrap();
    }
    return Problem.of(path.toString(), "broker data folder", "in use by " + holder, "free")
        .withRemedy("wait for it to end, or attach to it");
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName();
  }
}
