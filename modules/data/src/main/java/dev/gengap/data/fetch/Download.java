package dev.gengap.data.fetch;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Single attempts to bring a file into its {@code .part} file, each going on where the last one
 * ended. Confined to its thread.
 */
final class Download {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int BUFFER = 1 << 16;

  private final HttpClient client;
  private final Duration patience;
  private final FetchProgress progress;

  /**
   * @param patience how long to wait for an answer, or for more of it
   */
  Download(HttpClient client, Duration patience, FetchProgress progress) {
    this.client = client;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * One attempt. On return {@code part} has the size of {@code file}.
   *
   * @throws IOException if the connection fails, stalls or ends early; what came stays in the part
   * @throws UserError if the part cannot be written
   */
  void attempt(RemoteFile file, URI address, Path part) throws IOException, InterruptedException {
    try (FileChannel channel = open(part)) {
      if (channel.size() > file.bytes()) {
        channel.truncate(0);
      }
      if (channel.size() < file.bytes()) {
        receive(file, address, new PartFile(part, channel));
      }
    }
  }

  private void receive(RemoteFile file, URI address, PartFile part)
      throws IOException, InterruptedException {
    long have = part.channel().size();
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body();
        StallGuard guard = new StallGuard(body, patience)) {
      part.channel().position(start(response, have));
      part.channel().truncate(part.channel().position());
      copy(file, body, guard, part);
    }
  }

  /** Where the answer's body belongs in the file: a server may ignore the range asked for. */
  private static long start(HttpResponse<?> response, long have) throws IOException {
    if (response.statusCode() == OK) {
      return 0;
    }
    String range = response.headers().firstValue("Content-Range").orElse("");
    if (response.statusCode() == PARTIAL_CONTENT && range.startsWith("bytes " + have + "-")) {
      return have;
    }
    throw new IOException(
        "HTTP status " + response.statusCode() + (range.isEmpty() ? "" : " for " + range));
  }

  private void copy(RemoteFile file, InputStream body, StallGuard guard, PartFile part)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long received = part.channel().position();
    for (int n = read(body, buffer, guard); n >= 0; n = read(body, buffer, guard)) {
      guard.alive();
      received += n;
      if (received > file.bytes()) {
        throw new IOException("more than the " + file.bytes() + " bytes expected");
      }
      part.append(ByteBuffer.wrap(buffer, 0, n));
      progress.at(file.name(), received, file.bytes());
    }
    if (received < file.bytes()) {
      throw new IOException("ended after " + received + " of " + file.bytes() + " bytes");
    }
  }

  private int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      if (guard.stalled()) {
        throw new IOException("nothing came for " + patience.toSeconds() + " s", e);
      }
      throw e;
    }
  }

  private static FileChannel open(Path part) {
    try {
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new UserError(
            Problem.of(part.toString(), "download", "under way in another process", "only one")
                .withRemedy("wait for it to end"));
      }
      return channel;
    } catch (IOException e) {
      throw unwritable(part, e);
    }
  }

  static UserError unwritable(Path path, IOException cause) {
    return new UserError(
        Problem.of(path.toString(), "writing", cause.toString(), "a writable disk with room left"),
        cause);
  }

  /** What went wrong, in a few words. */
  static String reason(IOException e) {
    if (e instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (e instanceof ConnectException) {
      return "cannot connect";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private record PartFile(Path path, FileChannel channel) {
    void append(ByteBuffer bytes) {
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        throw unwritable(path, e);
      }
    }
  }
}
