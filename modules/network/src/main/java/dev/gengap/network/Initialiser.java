package dev.gengap.network;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.layer.ParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the weights and biases of linear and convolutional layers are set at step 0. Element {@code
 * i} of trained parameter {@code p}, counted in the network's order, is a pure function of (seed,
 * p, i), the same on every machine. Fan-in and fan-out are those of {@link ParameterSpec}.
 * Normalisations begin with scale 1, shift 0, running mean 0 and running variance 1.
 */
public enum Initialiser {
  /** Weights and biases from U(±1/√fan-in), as PyTorch's linear and convolutional layers. */
  FAN_IN_UNIFORM {
    @Override
    double draw(ParameterSpec parameter, CounterRandom random, int id, int index) {
      return symmetric(1 / StrictMath.sqrt(parameter.fanIn()), random.uniform(id, index));
    }
  },
  /** Weights from N(0, 2/fan-in), He et al. 2015 (arXiv 1502.01852); biases zero. */
  HE_NORMAL {
    @Override
    double draw(ParameterSpec parameter, CounterRandom random, int id, int index) {
      if (parameter.role() == ParameterSpec.Role.BIAS) {
        return 0;
      }
      return StrictMath.sqrt(2.0 / parameter.fanIn()) * random.gaussian(id, index);
    }
  },
  /** Weights from U(±√(6/fan-in)), of the same variance as {@link #HE_NORMAL}; biases zero. */
  HE_UNIFORM {
    @Override
    double draw(ParameterSpec parameter, CounterRandom random, int id, int index) {
      if (parameter.role() == ParameterSpec.Role.BIAS) {
        return 0;
      }
      return symmetric(StrictMath.sqrt(6.0 / parameter.fanIn()), random.uniform(id, index));
    }
  },
  /** Weights from U(±√(6/(fan-in + fan-out))), Glorot & Bengio 2010; biases zero. */
  GLOROT_UNIFORM {
    @Override
    double draw(ParameterSpec parameter, CounterRandom random, int id, int index) {
      if (parameter.role() == ParameterSpec.Role.BIAS) {
        return 0;
      }
      double fans = (double) parameter.fanIn() + parameter.fanOut();
      return symmetric(StrictMath.sqrt(6.0 / fans), random.uniform(id, index));
    }
  };

  /** As written in an experiment file: {@code fan-in-uniform}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The initialiser whose key is {@code key}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Initialiser of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** All tensors of {@code network} at step 0. */
  public Weights initialise(NetworkSpec network, long seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.INITIALISATION);
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    int id = 0;
    for (ParameterSpec tensor : network.tensors()) {
      tensors.put(tensor.name(), new FloatArray(tensor.shape(), values(tensor, random, id)));
      if (tensor.role().trainable()) {
        id++;
      }
    }
    return new Weights(tensors);
  }

  private float[] values(ParameterSpec tensor, CounterRandom random, int id) {
    float[] values = new float[tensor.size()];
    switch (tensor.role()) {
      case WEIGHT, BIAS -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) draw(tensor, random, id, i);
        }
      }
      case SCALE, RUNNING_VARIANCE -> Arrays.fill(values, 1);
      case SHIFT, RUNNING_MEAN -> {} // already zeros
    }
    return values;
  }

  /** Element {@code index} of {@code parameter}, number {@code id} of the network. */
  abstract double draw(ParameterSpec parameter, CounterRandom random, int id, int index);

  private static double symmetric(double bound, double uniform) {
    return bound * (2 * uniform - 1);
  }
}
