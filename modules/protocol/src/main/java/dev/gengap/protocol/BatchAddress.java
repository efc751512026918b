package dev.gengap.protocol;

import dev.gengap.protocol.v1.Minibatch;
import java.util.regex.Pattern;

/**
 * Which minibatch a lane record belongs to. Written {@code run/incarnation/sequence}, it names the
 * payload of a minibatch in chunks.
 *
 * @param run 12 hexadecimal digits
 * @param incarnation assignment of the run, from 1
 * @param sequence position in the feed, from 0
 */
public record BatchAddress(String run, int incarnation, long sequence) {
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{12})/([0-9]{1,9})/([0-9]{1,18})");

  /** The address of a minibatch. */
  public static BatchAddress of(Minibatch batch) {
    return new BatchAddress(batch.getRun(), batch.getIncarnation(), batch.getSequence());
  }

  /**
   * Reads an address as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException if {@code text} is something else
   */
  public static BatchAddress parse(String text) {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "payload: " + text + " (expected: run/incarnation/sequence)");
    }
    return new BatchAddress(
        match.group(1), Integer.parseInt(match.group(2)), Long.parseLong(match.group(3)));
  }

  @Override
  public String toString() {
    return run + "/" + incarnation + "/" + sequence;
  }
}
