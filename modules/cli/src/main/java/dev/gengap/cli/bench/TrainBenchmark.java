package dev.gengap.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.gengap.training.Minibatch;
import dev.gengap.training.MinibatchSource;
import dev.gengap.training.TrainingSession;
import java.lang.management.ManagementFactory;

/**
 * Times whole training steps: the wait for the minibatch, forward, backward, update.
 *
 * @param warmUp steps before the first that is timed
 * @param steps steps timed
 */
record TrainBenchmark(int warmUp, int steps) {

  /**
   * What the timed steps took.
   *
   * @param step wall time of a step, the wait for its minibatch included
   * @param stepsPerSecond over all of them
   * @param cpuMillisPerStep processor time of the whole process [ms]: trainer, feeder, broker
   */
  record Result(Timings step, double stepsPerSecond, double cpuMillisPerStep) {}

  /** Steps {@code session} through the minibatches of {@code source}. */
  Result run(TrainingSession session, MinibatchSource source) throws InterruptedException {
    for (int i = 0; i < warmUp; i++) {
      step(session, source);
    }
    double[] millis = new double[steps];
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      step(session, source);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuMillis = (cpuNanos() - cpu) / 1e6;
    return new Result(Timings.ofMillis(millis), steps / seconds, cpuMillis / steps);
  }

  private static void step(TrainingSession session, MinibatchSource source)
      throws InterruptedException {
    Minibatch minibatch = source.next();
    session.step(minibatch);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
