package dev.gengap.experiment.results;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to write a run folder, held by one process at a time; the operating system takes it
 * back from a process that dies. Safe for any thread. Caller closes.
 */
public final class FolderLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of {@code folder}.
   *
   * @throws UserError if another process holds it, or the disk may not be written
   */
  public static FolderLock acquire(Path folder) {
    return tryAcquire(folder)
        .orElseThrow(
            () ->
                new UserError(
                    Problem.of("", "run folder", folder, "a folder that no other process writes")
                        .withRemedy("wait for the other run to end, or watch it")));
  }

  /**
   * Takes the lock of {@code folder}, unless another process holds it.
   *
   * @throws UserError if the disk may not be written
   */
  public static Optional<FolderLock> tryAcquire(Path folder) {
    Disk.createFolder(folder);
    Path file = folder.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new FolderLock(file, channel));
    } catch (IOException e) {
      throw Disk.failure(file, "lock", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Disk.failure(file, "unlock", e);
    }
  }

  /** Null where the lock is held, be it by this process. */
  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
