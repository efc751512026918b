package dev.gengap.network.execution;

import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import java.util.List;

/** Local response normalisation across channels. */
record ResponseNormExecution(Response response, Signal input, Signal output)
    implements LayerExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    operations.add(
        new LocalResponseNorm(operations.values(input), response, operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(
        new LocalResponseNormBackward(
            operations.values(input),
            operations.values(output),
            response,
            operations.gradient(output),
            operations.inputGradient(input, output).orElseThrow()));
  }
}
