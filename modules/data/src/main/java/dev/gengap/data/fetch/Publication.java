package dev.gengap.data.fetch;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set as it is published.
 *
 * @param set its name, and that of its folder
 * @param files what to download
 * @param members the files to take out of {@code files}, which are then tar.gz archives; empty
 *     where they are used as they are
 * @param memberFolder the folder for the members, below the set's
 */
record Publication(String set, List<RemoteFile> files, List<String> members, String memberFolder) {

  /** The sets that can be fetched. */
  static final List<Publication> ALL = List.of(mnist(), fashionMnist(), cifar10());

  Publication {
    files = List.copyOf(files);
    members = List.copyOf(members);
  }

  private static Publication mnist() {
    String[] mirrors = {
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "https://storage.googleapis.com/cvdf-datasets/mnist/"
    };
    return plain(
        "mnist",
        file("train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873", mirrors),
        file("train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432", mirrors),
        file("t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3", mirrors),
        file("t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c", mirrors));
  }

  private static Publication fashionMnist() {
    String[] mirrors = {"http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"};
    return plain(
        "fashion-mnist",
        file("train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d", mirrors),
        file("train-labels-idx1-ubyte.gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe", mirrors),
        file("t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79", mirrors),
        file("t10k-labels-idx1-ubyte.gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310", mirrors));
  }

  private static Publication cifar10() {
    RemoteFile archive =
        file(
            "cifar-10-binary.tar.gz",
            170_052_171,
            "c32a1d4ab5d03f1284b67883e8d87530",
            "https://www.cs.toronto.edu/~kriz/");
    List<String> members =
        IntStream.rangeClosed(0, 5)
            .mapToObj(n -> n == 0 ? "test_batch.bin" : "data_batch_" + n + ".bin")
            .toList();
    return new Publication("cifar-10", List.of(archive), members, "cifar-10-batches-bin");
  }

  private static Publication plain(String set, RemoteFile... files) {
    return new Publication(set, List.of(files), List.of(), "");
  }

  private static RemoteFile file(String name, long bytes, String md5, String... folders) {
    List<URI> addresses = Arrays.stream(folders).map(at -> URI.create(at + name)).toList();
    return new RemoteFile(name, bytes, md5, addresses);
  }
}
