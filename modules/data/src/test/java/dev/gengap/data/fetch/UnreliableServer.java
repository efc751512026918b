package dev.gengap.data.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one file on the loopback interface, and fails as told. The test closes it. */
final class UnreliableServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;

  /** What is wrong with the server. */
  enum Fault {
    NONE,
    /** Each of the first answers ends, its connection closed, half-way through what is left. */
    BREAKS_OFF,
    /** As before, and a range asked for is ignored. */
    BREAKS_OFF_ONCE_IGNORING_RANGE,
    /** Sends the first half and then nothing, the connection open. */
    STALLS,
    NOT_FOUND
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final byte[] content;
  private final Fault fault;

  UnreliableServer(byte[] content, Fault fault) throws IOException {
    this.content = content;
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address(String file) {
    return URI.create(
            "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort())
        .resolve("/" + file);
  }

  /** The Range header of each request so far, empty where it had none. */
  List<String> ranges() {
    return ranges;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "" : range);
    if (fault == Fault.NOT_FOUND) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    boolean ignoresRange = fault == Fault.BREAKS_OFF_ONCE_IGNORING_RANGE;
    int from = range == null || ignoresRange ? 0 : Integer.parseInt(range.split("[=-]", -1)[1]);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    }
    int left = content.length - from;
    exchange.sendResponseHeaders(from > 0 ? PARTIAL_CONTENT : OK, left);
    exchange.getResponseBody().write(content, from, sent(from));
    exchange.getResponseBody().flush();
    if (fault == Fault.STALLS) {
      awaitClosing();
    }
    exchange.close();
  }

  private int sent(int from) {
    int left = content.length - from;
    return switch (fault) {
      case BREAKS_OFF -> ranges.size() < 4 ? left / 2 : left;
      case BREAKS_OFF_ONCE_IGNORING_RANGE -> ranges.size() == 1 ? left / 2 : left;
      case STALLS -> Math.max(0, content.length / 2 - from);
      case NONE, NOT_FOUND -> left;
    };
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
