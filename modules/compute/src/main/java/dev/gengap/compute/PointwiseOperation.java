package dev.gengap.compute;

/** What is done to each element alone, whatever the shape. */
public sealed interface PointwiseOperation extends TensorOperation {

  /**
   * output ← activation(input).
   *
   * @param output shaped as the input; the input itself where {@link Activation#inPlace} allows it
   */
  record Activate(Activation activation, Tensor input, Tensor output)
      implements PointwiseOperation {
    public Activate {
      Shapes.requireSame("output", output, input);
    }

    /** In place. */
    public static Activate inPlace(Activation activation, Tensor values) {
      return new Activate(activation, values, values);
    }
  }

  /**
   * gradient ← gradient · activation'(input), in place.
   *
   * @param input what {@link Activate} read: the output itself where it worked in place
   * @param output what it left behind
   * @param gradient with respect to the output before, to the input after; shaped as the output
   */
  record ActivateBackward(Activation activation, Tensor input, Tensor output, Tensor gradient)
      implements PointwiseOperation {
    public ActivateBackward {
      Shapes.requireSame("output", output, input);
      Shapes.requireSame("gradient", gradient, output);
    }

    /** After {@link Activate#inPlace}. */
    public static ActivateBackward inPlace(Activation activation, Tensor output, Tensor gradient) {
      return new ActivateBackward(activation, output, output, gradient);
    }
  }

  /** values ← values · factors, in place: dropout forward and backward. */
  record Multiply(Tensor values, Tensor factors) implements PointwiseOperation {
    public Multiply {
      Shapes.requireEqual("factors size", factors.size(), values.size());
    }
  }

  /** into ← source + keep·into: copies, adds, and what a residual connection does. */
  record Accumulate(Tensor source, Accumulator into) implements PointwiseOperation {
    public Accumulate {
      Shapes.requireEqual("into size", into.tensor().size(), source.size());
    }
  }
}
