package dev.gengap.data.fetch;

import java.net.URI;
import java.util.List;

/**
 * A file as its publisher offers it.
 *
 * @param name what it is called here
 * @param bytes its size
 * @param md5 its checksum as published, in hexadecimal; it guards against damage on the way
 * @param addresses where it is, the first tried first
 */
record RemoteFile(String name, long bytes, String md5, List<URI> addresses) {
  RemoteFile {
    addresses = List.copyOf(addresses);
  }
}
