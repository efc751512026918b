package dev.gengap.cli.bench;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import java.util.Arrays;
import java.util.List;

/**
 * Computes nothing: operations do nothing and every number is 0. For what training costs beside its
 * arithmetic. Safe for any thread.
 */
final class IdleBackend implements Backend {

  @Override
  public BackendInfo info() {
    return new BackendInfo("idle", "1", "none", 1);
  }

  @Override
  public Workspace newWorkspace(Precision precision) {
    return new Idle(precision);
  }

  @Override
  public void close() {}

  private record Idle(Precision precision) implements Workspace {

    @Override
    public Tensor allocate(TensorRole role, int... shape) {
      return Zeros.of(shape);
    }

    @Override
    public Operation prepare(List<TensorOperation> operations) {
      return () -> {};
    }

    @Override
    public CrossEntropy prepareCrossEntropy(Tensor logits, Tensor gradient) {
      return new NoLoss();
    }

    @Override
    public SgdUpdate prepareSgdUpdate(Tensor weights, Tensor velocity, double weightDecay) {
      return learningRate -> {};
    }

    @Override
    public ParameterUpdate prepareUpdate(
        UpdateRule rule, Tensor weights, Tensor gradient, List<Tensor> state) {
      return (learningRate, step) -> {};
    }

    @Override
    public void close() {}
  }

  private record Zeros(List<Integer> shape) implements Tensor {

    static Zeros of(int... shape) {
      return new Zeros(Arrays.stream(shape).boxed().toList());
    }

    @Override
    public Tensor view(int offset, int... shape) {
      return of(shape);
    }

    @Override
    public void write(float[] values, int count) {}

    @Override
    public void write(double[] values, int count) {}

    @Override
    public void read(float[] into, int count) {
      Arrays.fill(into, 0, count, 0);
    }

    @Override
    public void read(double[] into, int count) {
      Arrays.fill(into, 0, count, 0);
    }
  }

  private static final class NoLoss implements CrossEntropy {

    @Override
    public void run(int[] labels) {}

    @Override
    public double lossSum() {
      return 0;
    }

    @Override
    public int correct() {
      return 0;
    }

    @Override
    public void readLosses(double[] into) {
      Arrays.fill(into, 0);
    }
  }
}
