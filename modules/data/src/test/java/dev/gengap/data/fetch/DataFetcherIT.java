package dev.gengap.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.data.fetch.UnreliableServer.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFetcherIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String FILE = "images.bin";
  private static final byte[] CONTENT = content(300_000);

  @TempDir private Path dir;

  @Test
  void fetch_soundServer_bringsTheFileAndTellsProgress() throws Exception {
    List<Long> received = new ArrayList<>();
    try (UnreliableServer server = new UnreliableServer(CONTENT, Fault.NONE)) {
      DataFetcher fetcher = fetcher(md5(CONTENT), server.address(FILE));
      Path folder = fetcher.fetch("set", dir, (file, have, total) -> received.add(have));
      assertThat(folder).isEqualTo(dir.resolve("set"));
      assertThat(folder.resolve(FILE)).hasBinaryContent(CONTENT);
      assertThat(received).isSorted().endsWith((long) CONTENT.length);
      fetcher.fetch("set", dir, (file, have, total) -> {});
      assertThat(server.ranges()).as("requests: a whole file is not fetched again").hasSize(1);
    }
    assertThat(folderContent()).containsExactly(FILE);
  }

  @Test
  void fetch_serverBreaksOff_goesOnFromWhatIsThere() throws Exception {
    try (UnreliableServer server = new UnreliableServer(CONTENT, Fault.BREAKS_OFF)) {
      fetch(md5(CONTENT), server.address(FILE));
      assertThat(dir.resolve("set").resolve(FILE)).hasBinaryContent(CONTENT);
      assertThat(server.ranges()).hasSize(4).first().isEqualTo("");
      assertThat(server.ranges().stream().skip(1).mapToInt(DataFetcherIT::start))
          .as("each request asks for less than the one before")
          .isSorted()
          .doesNotHaveDuplicates()
          .allMatch(start -> start > 0);
    }
  }

  /** How much of a broken answer arrives is the network's affair, so the start is not fixed. */
  private static int start(String range) {
    return Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
  }

  @Test
  void fetch_partOfAnEarlierCall_goesOnFromIt() throws Exception {
    Files.createDirectories(dir.resolve("set"));
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));
    try (UnreliableServer server = new UnreliableServer(CONTENT, Fault.NONE)) {
      fetch(md5(CONTENT), server.address(FILE));
      assertThat(server.ranges()).containsExactly("bytes=1000-");
    }
    assertThat(dir.resolve("set").resolve(FILE)).hasBinaryContent(CONTENT);
  }

  @Test
  void fetch_partOfAnEarlierCallIsWrong_beginsAgain() throws Exception {
    Files.createDirectories(dir.resolve("set"));
    Files.write(part(), new byte[1000]);
    try (UnreliableServer server = new UnreliableServer(CONTENT, Fault.NONE)) {
      fetch(md5(CONTENT), server.address(FILE));
      assertThat(server.ranges()).containsExactly("bytes=1000-", "");
    }
    assertThat(dir.resolve("set").resolve(FILE)).hasBinaryContent(CONTENT);
  }

  @Test
  void fetch_serverIgnoresRange_beginsAgain() throws Exception {
    try (UnreliableServer server =
        new UnreliableServer(CONTENT, Fault.BREAKS_OFF_ONCE_IGNORING_RANGE)) {
      fetch(md5(CONTENT), server.address(FILE));
      assertThat(server.ranges()).hasSize(2).first().isEqualTo("");
      assertThat(start(server.ranges().get(1))).isPositive();
    }
    assertThat(dir.resolve("set").resolve(FILE)).hasBinaryContent(CONTENT);
  }

  @Test
  void fetch_wrongChecksum_saysBothAndKeepsNothing() throws Exception {
    try (UnreliableServer server = new UnreliableServer(content(300_001), Fault.NONE)) {
      assertThatThrownBy(() -> fetchOf(300_001, md5(CONTENT), server.address(FILE)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("md5 is " + md5(content(300_001)) + ", not " + md5(CONTENT));
      assertThat(server.ranges()).hasSize(1);
    }
    assertThat(folderContent()).isEmpty();
  }

  @Test
  void fetch_moreBytesThanPublished_fails() throws Exception {
    try (UnreliableServer server = new UnreliableServer(content(300_001), Fault.NONE)) {
      assertThatThrownBy(() -> fetch(md5(CONTENT), server.address(FILE)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("more than the 300000 bytes expected");
    }
  }

  @Test
  void fetch_firstMirrorFails_takesTheNext() throws Exception {
    try (UnreliableServer broken = new UnreliableServer(CONTENT, Fault.NOT_FOUND);
        UnreliableServer sound = new UnreliableServer(CONTENT, Fault.NONE)) {
      fetch(md5(CONTENT), broken.address(FILE), sound.address(FILE));
    }
    assertThat(dir.resolve("set").resolve(FILE)).hasBinaryContent(CONTENT);
  }

  @Test
  void fetch_notFound_saysTheStatus() throws Exception {
    try (UnreliableServer server = new UnreliableServer(CONTENT, Fault.NOT_FOUND)) {
      assertThatThrownBy(() -> fetch(md5(CONTENT), server.address(FILE)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(server.address(FILE) + ": HTTP status 404");
    }
  }

  @Test
  void fetch_serverStalls_givesUpAndSaysFromWhereItGoesOn() throws Exception {
    try (UnreliableServer server = new UnreliableServer(CONTENT, Fault.STALLS)) {
      DataFetcher fetcher =
          new DataFetcher(
              List.of(publication(CONTENT.length, md5(CONTENT), server.address(FILE))),
              Duration.ofMillis(500));
      assertThatThrownBy(() -> fetcher.fetch("set", dir, (file, have, total) -> {}))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("it goes on from 150000 bytes");
    }
  }

  @Test
  void fetch_connectionRefused_saysSoInOneLine() throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/" + FILE);
    }
    assertThatThrownBy(() -> fetch(md5(CONTENT), nobody))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(FILE + ": download: " + nobody + ": cannot connect")
        .hasMessageContaining("check the network and run `gengap data fetch set` again")
        .hasMessageNotContaining("\n");
    assertThat(dir.resolve("set").resolve(FILE)).doesNotExist();
  }

  @Test
  void fetch_folderCannotBeMade_saysWhere() throws Exception {
    Files.writeString(dir.resolve("set"), "a file in the way");
    assertThatThrownBy(() -> fetch(md5(CONTENT), URI.create("http://127.0.0.1:1/x")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(dir.resolve("set") + ": writing");
  }

  @Test
  void fetch_unknownSet_listsTheKnownOnes() {
    assertThatThrownBy(() -> new DataFetcher().fetch("generated", dir, (file, have, all) -> {}))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "data set to fetch: generated (expected: one of mnist, fashion-mnist, cifar-10)");
  }

  @Test
  void fetch_archive_unpacksItsMembersOnce() throws Exception {
    byte[] one = content(700);
    byte[] archive = TarFixture.tarGz("batches/readme.html", new byte[5], "batches/one.bin", one);
    try (UnreliableServer server = new UnreliableServer(archive, Fault.BREAKS_OFF)) {
      RemoteFile file =
          new RemoteFile(
              "all.tar.gz", archive.length, md5(archive), List.of(server.address("all.tar.gz")));
      DataFetcher fetcher =
          new DataFetcher(
              List.of(new Publication("set", List.of(file), List.of("one.bin"), "batches")),
              PATIENCE);
      Path folder = fetcher.fetch("set", dir, (name, have, total) -> {});
      assertThat(folder.resolve("one.bin")).hasBinaryContent(one);
      int requests = server.ranges().size();
      fetcher.fetch("set", dir, (name, have, total) -> {});
      assertThat(server.ranges()).hasSize(requests);
    }
    assertThat(folderContent()).containsExactly("batches");
  }

  private void fetch(String md5, URI... addresses) throws InterruptedException {
    fetchOf(CONTENT.length, md5, addresses);
  }

  private void fetchOf(int bytes, String md5, URI... addresses) throws InterruptedException {
    new DataFetcher(List.of(publication(bytes, md5, addresses)), PATIENCE)
        .fetch("set", dir, (file, have, total) -> {});
  }

  private static DataFetcher fetcher(String md5, URI... addresses) {
    return new DataFetcher(List.of(publication(CONTENT.length, md5, addresses)), PATIENCE);
  }

  private static Publication publication(int bytes, String md5, URI... addresses) {
    RemoteFile file = new RemoteFile(FILE, bytes, md5, List.of(addresses));
    return new Publication("set", List.of(file), List.of(), "");
  }

  private Path part() {
    return dir.resolve("set").resolve(FILE + ".part");
  }

  private List<String> folderContent() throws IOException {
    try (var files = Files.list(dir.resolve("set"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) (i * 31 + i / 256);
    }
    return content;
  }

  private static String md5(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
