package dev.gengap.actors;

import dev.gengap.compute.RowSource;
import dev.gengap.data.feed.BatchPixels;
import dev.gengap.data.preprocess.PixelScaling;
import dev.gengap.data.preprocess.PreprocessedExamples;
import dev.gengap.training.Minibatch;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Turns records of a lane into inputs and labels: the same bits, whether they carry pixels or ids.
 *
 * <p>Confined to the thread that reads the lane.
 */
final class BatchDecoder {
  private final int[] trainLabels;
  private final BatchPixels images;
  private final PixelScaling scaling;
  private PreprocessedExamples unchanged;

  /**
   * @param trainLabels of the training examples, under the run's condition
   * @param images makes the images of records without pixels
   */
  BatchDecoder(int[] trainLabels, BatchPixels images, PixelScaling scaling) {
    this.trainLabels = trainLabels;
    this.images = images;
    this.scaling = scaling;
  }

  /**
   * The minibatch of a record, whose inputs are scaled when they are asked for.
   *
   * @throws IllegalArgumentException if the record is empty, its parts do not match, or it names
   *     examples the reference set does not have
   */
  Minibatch decode(dev.gengap.protocol.v1.Minibatch record) {
    int[] ids = ints(record.getExampleIdsCount(), record::getExampleIds);
    boolean carried = !record.getPixels().isEmpty();
    int[] labels = carried ? ints(record.getLabelsCount(), record::getLabels) : labelsOf(ids);
    int count = labels.length;
    int size = images.shape().size();
    if (count == 0
        || ids.length != count
        || (carried && record.getPixels().size() != count * size)) {
      throw new IllegalArgumentException(
          "minibatch %d: %d ids, %d labels, %d bytes (expected: as many of each, %d bytes an image)"
              .formatted(record.getSequence(), ids.length, count, record.getPixels().size(), size));
    }
    RowSource inputs =
        carried ? scaled(record.getPixels().toByteArray()) : made(ids, record.getEpoch());
    return new Minibatch(
        record.getSequence(), record.getEpoch(), record.getLastOfEpoch(), labels, inputs, count);
  }

  private RowSource scaled(byte[] pixels) {
    return (row, into) -> scaling.scale(pixels, row, into);
  }

  /** The inputs of {@code ids}, from the images held here. */
  private RowSource made(int[] ids, int epoch) {
    if (!images.areUnchanged()) {
      byte[] pixels = new byte[images.bytes(ids.length)];
      images.copy(ids, epoch, pixels);
      return scaled(pixels);
    }
    if (unchanged == null) {
      unchanged = new PreprocessedExamples(images.source(), scaling);
    }
    PreprocessedExamples examples = unchanged;
    return (row, into) -> examples.copyInput(ids[row], into);
  }

  private int[] labelsOf(int[] ids) {
    int[] labels = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= trainLabels.length) {
        throw new IllegalArgumentException(
            "example: " + ids[i] + " (expected: 0 … " + (trainLabels.length - 1) + ")");
      }
      labels[i] = trainLabels[ids[i]];
    }
    return labels;
  }

  private static int[] ints(int count, IntUnaryOperator value) {
    int[] values = new int[count];
    Arrays.setAll(values, value);
    return values;
  }
}
