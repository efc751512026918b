package dev.gengap.data.fetch;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings data sets from their publishers into a data folder. A file grows under the name {@code
 * FILE.part}, from which a later attempt or a later call goes on, and takes its own name only when
 * whole and of the published checksum. Confined to its thread; blocks while it downloads.
 */
public final class DataFetcher {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FRUITLESS_ATTEMPTS = 3;
  private static final int BUFFER = 1 << 16;

  private final List<Publication> publications;
  private final HttpClient client;
  private final Duration patience;

  /** Fetches from the publishers. */
  public DataFetcher() {
    this(Publication.ALL, PATIENCE);
  }

  DataFetcher(List<Publication> publications, Duration patience) {
    this.publications = List.copyOf(publications);
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Downloads what {@code dataDir} does not hold yet of the set {@code name}.
   *
   * @return the folder that now holds the set's files
   * @throws UserError if the set cannot be fetched, no publisher can be reached or gives the right
   *     bytes, or the disk is full or read-only
   * @throws InterruptedException if interrupted; calling again goes on from there
   */
  public Path fetch(String name, Path dataDir, FetchProgress progress) throws InterruptedException {
    Publication publication =
        publications.stream()
            .filter(known -> known.set().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    Path folder = dataDir.resolve(name);
    Path members = folder.resolve(publication.memberFolder());
    createFolder(members);
    if (!publication.members().isEmpty() && complete(members, publication.members())) {
      return members;
    }
    Download download = new Download(client, patience, progress);
    for (RemoteFile file : publication.files()) {
      Path target = folder.resolve(file.name());
      if (!isWhole(target, file)) {
        bring(name, file, target, download);
      }
      if (!publication.members().isEmpty()) {
        unpack(name, target, publication.members(), members);
      }
    }
    return members;
  }

  private void bring(String set, RemoteFile file, Path target, Download download)
      throws InterruptedException {
    Path part = target.resolveSibling(file.name() + ".part");
    List<String> failures = new ArrayList<>();
    for (URI address : file.addresses()) {
      try {
        obtain(file, address, part, download);
        move(part, target);
        return;
      } catch (IOException e) {
        failures.add(address + ": " + Download.reason(e));
      }
    }
    throw failed(set, file, part, failures);
  }

  /** Brings the part to the right bytes; what an earlier call left may have been wrong ones. */
  private static void obtain(RemoteFile file, URI address, Path part, Download download)
      throws IOException, InterruptedException {
    boolean resumed = size(part) > 0;
    persist(file, address, part, download);
    String md5 = md5(part);
    if (!md5.equals(file.md5()) && resumed) {
      Files.delete(part);
      persist(file, address, part, download);
      md5 = md5(part);
    }
    if (!md5.equals(file.md5())) {
      Files.delete(part);
      throw new IOException("md5 is " + md5 + ", not " + file.md5());
    }
  }

  /** Attempts until the file is whole or several attempts in a row have brought nothing new. */
  private static void persist(RemoteFile file, URI address, Path part, Download download)
      throws IOException, InterruptedException {
    long most = size(part);
    int fruitless = 0;
    while (true) {
      try {
        download.attempt(file, address, part);
        return;
      } catch (IOException e) {
        fruitless = size(part) > most ? 0 : fruitless + 1;
        most = Math.max(most, size(part));
        if (fruitless == FRUITLESS_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static UserError failed(String set, RemoteFile file, Path part, List<String> failures) {
    String again = "check the network and run `gengap data fetch " + set + "` again";
    long have = size(part);
    return new UserError(
        Problem.of(
                file.name(),
                "download",
                String.join(", ", failures),
                file.bytes() + " bytes with md5 " + file.md5())
            .withRemedy(
                again
                    + (have > 0 ? ", it goes on from " + have + " bytes" : "")
                    + "; or put the file into "
                    + part.getParent()
                    + " by hand"));
  }

  private static UserError unknown(String name) {
    String known =
        Publication.ALL.stream()
            .map(Publication::set)
            .collect(Collectors.joining(", ", "one of ", ""));
    return new UserError(Problem.of("", "data set to fetch", name, known));
  }

  private static void unpack(String set, Path archive, List<String> members, Path folder) {
    Set<String> missing;
    try {
      missing = TarGz.extract(archive, Set.copyOf(members), folder);
      Files.delete(archive);
    } catch (IOException e) {
      throw Download.unwritable(folder, e);
    }
    if (!missing.isEmpty()) {
      throw new UserError(
          Problem.of(archive.toString(), "members", "without " + missing, members.toString())
              .withRemedy("run `gengap data fetch " + set + "` again"));
    }
  }

  private static boolean complete(Path folder, List<String> members) {
    return members.stream().allMatch(member -> Files.isRegularFile(folder.resolve(member)));
  }

  private static boolean isWhole(Path target, RemoteFile file) {
    try {
      return size(target) == file.bytes() && md5(target).equals(file.md5());
    } catch (IOException e) {
      throw Download.unwritable(target, e);
    }
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Download.unwritable(folder, e);
    }
  }

  private static void move(Path part, Path target) {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Download.unwritable(target, e);
    }
  }

  /** The size of a file, 0 where there is none. */
  private static long size(Path path) {
    return path.toFile().length();
  }

  private static String md5(Path path) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
