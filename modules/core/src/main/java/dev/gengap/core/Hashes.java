package dev.gengap.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as Gengap writes it: 64 lower-case hexadecimal digits. */
public final class Hashes {
  private Hashes() {}

  /** The SHA-256 of {@code bytes}. */
  public static String sha256(byte[] bytes) {
    return sha256(ByteBuffer.wrap(bytes));
  }

  /** The SHA-256 of the UTF-8 form of {@code text}. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The SHA-256 of what remains of {@code bytes}, whose position does not move. */
  public static String sha256(ByteBuffer bytes) {
    MessageDigest digest = sha256Digest();
    digest.update(bytes.duplicate());
    return hex(digest);
  }

  /** A fresh SHA-256 to feed piece by piece; finish with {@link #hex}. */
  public static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Finishes {@code digest} and writes it in hexadecimal. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
