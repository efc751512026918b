package dev.gengap.network;

import dev.gengap.compute.Window;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A layer of a network's evaluation form, and where its tensors come from. Immutable. */
sealed interface Part {

  /** The layer it has become. */
  LayerSpec layer();

  /** Whether {@code slice} does the same before it as after it. */
  boolean commutes(NormSlice slice);

  /** What keeps {@code slice}, which does not commute with it, from being folded into it. */
  Optional<String> blocker(NormSlice slice);

  /** The part that does what this and {@code slice} do. */
  Part absorbing(NormSlice slice);

  /**
   * Adds its tensors.
   *
   * @param name its place in the evaluation form
   * @param from the weights of the network as it was
   */
  void write(String name, Weights from, Map<String, FloatArray> into);

  /**
   * A layer that does not branch.
   *
   * @param source its name in the network as it was
   * @param input shape of what enters it
   * @param folded what its weights do besides, in order
   */
  record Layer(LayerSpec layer, String source, List<Integer> input, List<NormSlice> folded)
      implements Part {
    Layer(LayerSpec layer, String source, List<Integer> input) {
      this(layer, source, input, List.of());
    }

    @Override
    public boolean commutes(NormSlice slice) {
      if (layer instanceof AvgPool2d pool) {
        // zeros around an image are scaled, but not shifted
        return !slice.shifts()
            || pool.window(input).padding().equals(Window.Padding.symmetric(0, 0));
      }
      if (layer instanceof Flatten) {
        return layer.outputShape(input).get(0).equals(input.get(0)); // one number for each channel
      }
      return false;
    }

    @Override
    public Optional<String> blocker(NormSlice slice) {
      return layer instanceof Linear || layer instanceof Conv2d
          ? Optional.empty()
          : Optional.of("through " + layer.type() + " (layer " + source + ")");
    }

    @Override
    public Part absorbing(NormSlice slice) {
      List<NormSlice> all = new ArrayList<>(folded);
      all.add(slice);
      return new Layer(slice.shifts() ? withBias() : layer, source, input, List.copyOf(all));
    }

    private LayerSpec withBias() {
      if (layer instanceof Linear linear) {
        return new Linear(linear.out(), true);
      }
      Conv2d conv = (Conv2d) layer;
      return new Conv2d(conv.out(), conv.kernel(), conv.stride(), conv.padding(), true);
    }

    @Override
    public void write(String name, Weights from, Map<String, FloatArray> into) {
      if (!folded.isEmpty()) {
        writeFolded(name, from, into);
        return;
      }
      for (ParameterSpec tensor : layer.parameters(name, input)) {
        String suffix = tensor.name().substring(name.length());
        into.put(tensor.name(), from.get(source + suffix));
      }
    }

    private void writeFolded(String name, Weights from, Map<String, FloatArray> into) {
      FloatArray weight = from.get(source + ".weight");
      int units = weight.shape().get(0);
      double[] scale = new double[units];
      double[] shift = new double[units];
      FloatArray bias = from.tensors().get(source + ".bias");
      for (int unit = 0; unit < units; unit++) {
        scale[unit] = 1;
        shift[unit] = bias == null ? 0 : bias.values()[unit];
      }
      folded.forEach(slice -> slice.applyTo(scale, shift, from));
      for (ParameterSpec tensor : layer.parameters(name, input)) {
        float[] values =
            tensor.role() == ParameterSpec.Role.WEIGHT
                ? scaledRows(weight.values(), scale)
                : rounded(shift);
        into.put(tensor.name(), new FloatArray(tensor.shape(), values));
      }
    }

    private static float[] scaledRows(float[] rows, double[] scale) {
      float[] scaled = new float[rows.length];
      int columns = rows.length / scale.length;
      for (int i = 0; i < rows.length; i++) {
        scaled[i] = (float) (scale[i / columns] * rows[i]);
      }
      return scaled;
    }

    private static float[] rounded(double[] values) {
      float[] rounded = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        rounded[i] = (float) values[i];
      }
      return rounded;
    }
  }

  /**
   * A layer that branches.
   *
   * @param before as it was
   * @param source its name in the network as it was
   * @param input shape of what enters it
   * @param paths as they have become
   */
  record Fork(Branching before, String source, List<Integer> input, List<Chain> paths)
      implements Part {
    @Override
    public LayerSpec layer() {
      List<List<LayerSpec>> layers =
          paths.stream().map(path -> path.parts().stream().map(Part::layer).toList()).toList();
      return before instanceof Add ? new Add(layers) : new Concat(layers);
    }

    @Override
    public boolean commutes(NormSlice slice) {
      return false;
    }

    @Override
    public Optional<String> blocker(NormSlice slice) {
      List<NormSlice> shares = shares(slice);
      for (int i = 0; i < paths.size(); i++) {
        Optional<String> blocker = paths.get(i).blocker(shares.get(i));
        if (blocker.isPresent()) {
          return paths.get(i).parts().isEmpty()
              ? Optional.of(
                  "through the identity path of " + before.type() + " (layer " + source + ")")
              : blocker;
        }
      }
      return Optional.empty();
    }

    @Override
    public Part absorbing(NormSlice slice) {
      List<NormSlice> shares = shares(slice);
      List<Chain> absorbed = new ArrayList<>();
      for (int i = 0; i < paths.size(); i++) {
        absorbed.add(paths.get(i).absorbing(shares.get(i)));
      }
      return new Fork(before, source, input, absorbed);
    }

    /** What each path takes of {@code slice}. */
    private List<NormSlice> shares(NormSlice slice) {
      return before instanceof Add ? sharesOfSum(slice) : sharesOfRow(slice);
    }

    /** Its channels, one path after the other. */
    private List<NormSlice> sharesOfRow(NormSlice slice) {
      List<NormSlice> shares = new ArrayList<>();
      NormSlice left = slice;
      for (List<Integer> output : before.pathOutputs(input)) {
        shares.add(left);
        left = left.after(output.get(0));
      }
      return shares;
    }

    /** The scale each, and one that can, or the last, the shift. */
    private List<NormSlice> sharesOfSum(NormSlice slice) {
      List<NormSlice> shares = new ArrayList<>();
      boolean shifted = !slice.shifts();
      for (int i = 0; i < paths.size(); i++) {
        boolean takesShift =
            !shifted && (i == paths.size() - 1 || paths.get(i).blocker(slice).isEmpty());
        shares.add(takesShift ? slice : slice.scaleOnly());
        shifted |= takesShift;
      }
      return shares;
    }

    @Override
    public void write(String name, Weights from, Map<String, FloatArray> into) {
      for (int i = 0; i < paths.size(); i++) {
        paths.get(i).write(name + "." + i + ".", from, into);
      }
    }
  }
}
