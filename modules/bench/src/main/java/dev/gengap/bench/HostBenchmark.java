package dev.gengap.bench;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Preprocessing.Scaling;
import dev.gengap.data.preprocess.PixelScaling;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the host does to each minibatch of 128 images of 28 by 28 pixels. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class HostBenchmark {
  private static final int BATCH = 128;
  private static final int FEATURES = 3 * 28 * 28;

  private final byte[] pixels = new byte[BATCH * FEATURES];
  private final float[] inputs = new float[BATCH * FEATURES];
  private final PixelScaling whitening = new PixelScaling(Scaling.PER_IMAGE_WHITENING, FEATURES);
  private final CounterRandom random = CounterRandom.of(1, RandomStream.INITIALISATION);
  private long id;

  /** Fills the images. */
  @Setup
  public void fill() {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (256 * random.uniform(0, i));
    }
  }

  /** Bytes to whitened inputs. */
  @Benchmark
  public float[] whitening() {
    whitening.scale(pixels, 0, BATCH, inputs);
    return inputs;
  }

  /** A thousand numbers of the counter-based generator. */
  @Benchmark
  public double uniforms() {
    double sum = 0;
    id++;
    for (int i = 0; i < 1000; i++) {
      sum += random.uniform(id, i);
    }
    return sum;
  }
}
