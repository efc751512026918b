package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import dev.gengap.data.feed.BatchPixels;
import dev.gengap.data.preprocess.PixelScaling;
import dev.gengap.protocol.v1.Minibatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchDecoderTest {
  private static final LabelledImages TRAIN =
      new LabelledImages(
          new ImageShape(1, 1, 2), 3, new byte[] {0, 10, 20, -1, 40, 50}, new int[] {2, 0, 1});

  private final BatchDecoder decoder =
      new BatchDecoder(
          TRAIN.labels(),
          BatchPixels.unchanged(TRAIN),
          new PixelScaling(Scaling.PER_IMAGE_WHITENING, 2));

  @Test
  void decode_idsOrPixels_givesTheSameBits() {
    Minibatch.Builder record =
        Minibatch.newBuilder().setSequence(7).setEpoch(2).setLastOfEpoch(true);
    Minibatch ids = record.addAllExampleIds(List.of(2, 1)).build();
    Minibatch pixels =
        record
            .addAllLabels(List.of(1, 0))
            .setPixels(ByteString.copyFrom(new byte[] {40, 50, 20, -1}))
            .build();

    var fromIds = decoder.decode(ids);
    var fromPixels = decoder.decode(pixels);

    for (int row = 0; row < 2; row++) {
      float[] made = new float[2];
      float[] carried = new float[2];
      fromIds.inputs().copy(row, made);
      fromPixels.inputs().copy(row, carried);
      assertThat(made).containsExactly(carried).isNotEqualTo(new float[2]);
    }
    assertThat(fromIds).usingRecursiveComparison().ignoringFields("inputs").isEqualTo(fromPixels);
    assertThat(fromIds.sequence()).isEqualTo(7);
    assertThat(fromIds.epoch()).isEqualTo(2);
    assertThat(fromIds.lastOfEpoch()).isTrue();
    assertThat(fromIds.labels()).containsExactly(1, 0);
    assertThat(fromIds.count()).isEqualTo(2);
  }

  @Test
  void decode_idOutsideTheReferenceSet_isRefused() {
    Minibatch record = Minibatch.newBuilder().addExampleIds(3).build();

    assertThatThrownBy(() -> decoder.decode(record)).hasMessage("example: 3 (expected: 0 … 2)");
  }

  @Test
  void decode_partsThatDoNotMatch_areRefused() {
    Minibatch record =
        Minibatch.newBuilder()
            .addExampleIds(0)
            .addLabels(1)
            .setPixels(ByteString.copyFrom(new byte[3]))
            .build();

    assertThatThrownBy(() -> decoder.decode(record))
        .hasMessageContaining("1 ids, 1 labels, 3 bytes");
    assertThatThrownBy(() -> decoder.decode(Minibatch.getDefaultInstance()))
        .hasMessageContaining("0 ids, 0 labels, 0 bytes");
  }
}
