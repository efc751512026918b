package dev.gengap.compute;

/**
 * An operation on tensors, to be prepared by their workspace. Shapes are checked when it is made.
 */
public sealed interface TensorOperation
    permits MatrixOperation,
        PointwiseOperation,
        ConvolutionOperation,
        PoolingOperation,
        NormalisationOperation,
        ChannelOperation {}
