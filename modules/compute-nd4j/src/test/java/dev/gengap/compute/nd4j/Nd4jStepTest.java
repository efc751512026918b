package dev.gengap.compute.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Workspace;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for a whole step of a convolutional network. */
class Nd4jStepTest {
  private static final int WARM_UP = 300;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void run_manyTimes_makesNothingNativeAndHardlyAnythingOnTheHeap(Precision precision) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    try (Backend backend = Nd4jBackend.create(2);
        Workspace workspace = backend.newWorkspace(precision)) {
      ConvolutionalStep step = new ConvolutionalStep(workspace);
      IntStream.range(0, WARM_UP).forEach(i -> step.run());
      long nativeBytes = Pointer.totalBytes();
      long nativePointers = Pointer.totalCount();
      long heapBytes = threads.getThreadAllocatedBytes(self);
      int steps = 200;
      for (int i = 0; i < steps; i++) {
        step.run();
      }
      long perStep = (threads.getThreadAllocatedBytes(self) - heapBytes) / steps;
      assertThat(perStep).isLessThanOrEqualTo(1024L * ConvolutionalStep.operations());
      assertThat(Pointer.totalBytes()).isEqualTo(nativeBytes);
      assertThat(Pointer.totalCount()).isEqualTo(nativePointers);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void run_again_givesTheSameBits(int threads) {
    assertThat(weightsAfter(threads)).containsExactly(weightsAfter(threads));
  }

  @Test
  void run_steps_moveTheWeights() {
    assertThat(weightsAfter(1)).doesNotContain(Float.NaN).isNotEqualTo(new float[4000]);
  }

  private static float[] weightsAfter(int threads) {
    try (Backend backend = Nd4jBackend.create(threads);
        Workspace workspace = backend.newWorkspace(Precision.FLOAT32)) {
      ConvolutionalStep step = new ConvolutionalStep(workspace);
      for (int i = 0; i < 20; i++) {
        step.run();
      }
      return step.weights();
    }
  }
}
