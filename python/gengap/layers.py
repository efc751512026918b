"""The layers of the network language, as the modules of PyTorch that are written so."""

import math

from gengap.errors import UserError

STATISTICS = ("running_mean", "running_var")


class Layer:
    """A module on its way into the language; ``tensors`` are the attributes it has."""

    def __init__(self, path, kind, module, shape):
        self.path, self.kind, self.module, self.shape = path, kind, module, shape
        self.tensors = []

    def get(self, option):
        return getattr(self.module, option)

    def refuse(self, name, value, expected, remedy=""):
        raise UserError(f"module {self.path} {self.kind} {name}", value, expected, remedy)

    def require(self, **wanted):
        """Refuses the module unless its options, where it has them, are those wanted."""
        for option, value in wanted.items():
            found = getattr(self.module, option, value)
            if found != value and not (isinstance(found, tuple) and set(found) == {value}):
                self.refuse(option, found, value)

    def vector(self):
        if len(self.shape) != 1:
            self.refuse("input", list(self.shape), "a vector", "put nn.Flatten() before it")
        return self.shape[0]

    def image(self):
        if len(self.shape) != 3:
            self.refuse("input", list(self.shape), "an image, (channel, height, width)")
        return self.shape

    def expect(self, option, value, found):
        if value != found:
            self.refuse(option, found, f"{value}, as the layers before it give")

    def own(self, *attributes):
        self.tensors += [a for a in attributes if getattr(self.module, a) is not None]


def _pair(value):
    pair = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    return [int(pair[0]), int(pair[1])]


def _written(pair):
    return pair[0] if pair[0] == pair[1] else pair


def _sliding(layer, channels):
    _, height, width = layer.image()
    kernel, padding = _pair(layer.get("kernel_size")), layer.get("padding")
    stride = layer.get("stride")
    stride = kernel if stride is None else _pair(stride)
    options = {"kernel": _written(kernel), "stride": _written(stride)}
    if padding == "same":
        return {**options, "padding": "same"}, (channels, height, width)
    padding = [0, 0] if padding == "valid" else _pair(padding)
    sizes = [(size + 2 * p - k) // s + 1
             for size, p, k, s in zip((height, width), padding, kernel, stride)]
    if min(sizes) < 1:
        layer.refuse("kernel_size", kernel, f"at most the image with its padding, {layer.shape}")
    return {**options, "padding": _written(padding)}, (channels, *sizes)


def _linear(layer):
    layer.expect("in_features", layer.vector(), layer.get("in_features"))
    layer.own("weight", "bias")
    out = int(layer.get("out_features"))
    return {"out": out, "bias": layer.get("bias") is not None}, (out,)


def _conv2d(layer):
    layer.require(dilation=1, groups=1, padding_mode="zeros")
    layer.expect("in_channels", layer.image()[0], layer.get("in_channels"))
    layer.own("weight", "bias")
    out = int(layer.get("out_channels"))
    options, shape = _sliding(layer, out)
    return {"out": out, **options, "bias": layer.get("bias") is not None}, shape


def _max_pool(layer):
    layer.require(dilation=1, ceil_mode=False, return_indices=False)
    return _sliding(layer, layer.image()[0])


def _avg_pool(layer):
    layer.require(ceil_mode=False, divisor_override=None)
    if _pair(layer.get("padding")) != [0, 0]:
        layer.require(count_include_pad=True)
    return _sliding(layer, layer.image()[0])


def _batch_norm(layer):
    layer.require(affine=True, track_running_stats=True)
    channels = layer.vector() if layer.kind == "BatchNorm1d" else layer.image()[0]
    layer.expect("num_features", channels, layer.get("num_features"))
    if layer.get("momentum") is None:
        layer.refuse("momentum", None, "a number in 0 … 1")
    layer.own("weight", "bias", *STATISTICS)
    return {"epsilon": layer.get("eps"), "momentum": layer.get("momentum")}, layer.shape


def _layer_norm(layer):
    layer.require(elementwise_affine=True)
    layer.expect("normalized_shape", layer.shape, tuple(layer.get("normalized_shape")))
    if layer.get("bias") is None:
        layer.refuse("bias", None, "one")
    layer.own("weight", "bias")
    return {"epsilon": layer.get("eps")}, layer.shape


def _local_response_norm(layer):
    layer.image()
    return {option: layer.get(option) for option in ("size", "alpha", "beta", "k")}, layer.shape


def _flatten(layer):
    layer.require(start_dim=1, end_dim=-1)
    return {}, (math.prod(layer.shape),)


def _gelu(layer):
    layer.require(approximate="none")
    return {}, layer.shape


def _unchanged(**options):
    return lambda layer: ({new: layer.get(old) for new, old in options.items()}, layer.shape)


LAYERS = {
    "Linear": ("linear", _linear),
    "Conv2d": ("conv2d", _conv2d),
    "BatchNorm1d": ("batch_norm", _batch_norm),
    "BatchNorm2d": ("batch_norm", _batch_norm),
    "LayerNorm": ("layer_norm", _layer_norm),
    "LocalResponseNorm": ("local_response_norm", _local_response_norm),
    "ReLU": ("relu", _unchanged()),
    "LeakyReLU": ("leaky_relu", _unchanged(slope="negative_slope")),
    "Tanh": ("tanh", _unchanged()),
    "GELU": ("gelu", _gelu),
    "MaxPool2d": ("max_pool2d", _max_pool),
    "AvgPool2d": ("avg_pool2d", _avg_pool),
    "Flatten": ("flatten", _flatten),
    "Dropout": ("dropout", _unchanged(p="p")),
}
"""Class of PyTorch: type in the language, and what gives its options and the shape after it."""
