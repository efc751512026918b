package dev.gengap.compute.aparapi;

/** What a pass of the kernel does: the first integer of its instruction. */
final class Opcode {
  static final int MARK = 1;
  static final int COPY_IN_SMALL = 2;
  static final int COPY_IN_LARGE = 3;
  static final int COPY_OUT_SMALL = 4;
  static final int COPY_OUT_LARGE = 5;
  static final int MATMUL = 10;
  static final int ADD_BIAS = 11;
  static final int COLUMN_SUM = 12;
  static final int ACTIVATE = 20;
  static final int ACTIVATE_BACKWARD = 21;
  static final int MULTIPLY = 22;
  static final int ACCUMULATE = 23;
  static final int COPY_BLOCKS = 24;
  static final int RELU = 25;
  static final int RELU_BACKWARD = 26;
  static final int CROSS_ENTROPY = 30;
  static final int DECAYED_VELOCITY = 31;
  static final int SGD = 32;
  static final int ADAM = 33;
  static final int RMS_PROP = 34;
  static final int UNFOLD = 40;
  static final int FOLD = 41;
  static final int CHANNELS_FIRST = 42;
  static final int MAX_POOL = 43;
  static final int MAX_POOL_BACKWARD = 44;
  static final int AVERAGE_POOL = 45;
  static final int AVERAGE_POOL_BACKWARD = 46;
  static final int MAX_POOL_TANGENT = 47;
  static final int PLANE_SUMS = 50;
  static final int PLANE_SQUARES = 51;
  static final int PLANE_PRODUCTS = 52;
  static final int CHANNEL_SUMS = 53;
  static final int BATCH_MEAN = 54;
  static final int BATCH_VARIANCE = 55;
  static final int NORMALISE = 56;
  static final int NORMALISE_BACKWARD = 57;
  static final int LAYER_NORM = 58;
  static final int LAYER_NORM_AFFINE = 59;
  static final int LAYER_NORM_INPUT = 60;
  static final int RESPONSE_NORM = 61;
  static final int RESPONSE_SCALE = 62;
  static final int RESPONSE_NORM_BACKWARD = 63;

  private Opcode() {}
}
