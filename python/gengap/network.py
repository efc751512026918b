"""Sequential modules as networks in Gengap's network language (docs/networks.md of Gengap).

Modules are told by the name of their class, so that nothing here needs PyTorch.
"""

import json
from dataclasses import dataclass
from typing import Any, List, Tuple

import numpy as np

from gengap.errors import UserError
from gengap.layers import LAYERS, STATISTICS, Layer


@dataclass(frozen=True)
class Network:
    """A network in the language, and where its tensors are."""

    input: Tuple[int, ...]
    classes: int
    layers: List[dict]
    sources: List[Tuple[str, Any, str]]
    """Tensor name in Gengap, the module that has it, its name there."""

    def text(self):
        """The network language: one line of JSON."""
        return json.dumps({"input": list(self.input), "classes": self.classes,
                           "layers": self.layers})

    def weights(self):
        """A float32 copy of every tensor, by its name in Gengap."""
        return {name: to_numpy(getattr(module, attribute)).astype(np.float32, copy=False)
                for name, module, attribute in self.sources}

    def parameters(self):
        """How many numbers are trained."""
        return sum(to_numpy(getattr(module, attribute)).size
                   for _, module, attribute in self.sources if attribute not in STATISTICS)


def describe(model, input_shape=None):
    """The network that ``model`` is.

    ``input_shape`` is that of one example, without the batch: (channel, height, width),
    (height, width) or (features,). It may be left out where the first layer is linear. Raises
    UserError naming the first module that cannot be expressed.
    """
    modules = list(_flattened(model, ""))
    shape = tuple(int(size) for size in input_shape or _first_features(modules))
    shape = (1, *shape) if len(shape) == 2 else shape
    first, layers, sources = shape, [], []
    for path, module in modules:
        kind = _kind(path, module)
        layer = Layer(path, kind, module, shape)
        written, express = LAYERS[kind]
        options, shape = express(layer)
        for attribute in layer.tensors:
            sources.append((f"{len(layers)}.{attribute}", module, attribute))
        layers.append({"type": written, **options})
    if len(shape) != 1:
        raise UserError("output", list(shape), "a vector, one number for each class",
                        "end with nn.Flatten() and nn.Linear(…)")
    _refuse_sharing(sources)
    return Network(first, shape[0], layers, sources)


def to_numpy(tensor):
    """A copy of a tensor of PyTorch, on whatever device, or of anything NumPy takes."""
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
        if str(tensor.dtype) == "torch.bfloat16":
            tensor = tensor.float()
        tensor = tensor.numpy()
    return np.array(tensor)


def _flattened(module, path):
    """The modules that do something, in order, with their paths."""
    if _class_named(module, "Sequential") is None:
        if _class_named(module, "Identity") is None:
            yield path, module
        return
    children = getattr(module, "_modules", None)
    named = children.items() if children is not None else enumerate(module)
    for name, child in named:
        yield from _flattened(child, f"{path}.{name}" if path else str(name))


def _class_named(module, name):
    """The class ``name`` among those of ``module``, if its forward pass is still that class's.

    Of modules of PyTorch only its own classes count; others are taken at their word.
    """
    classes = type(module).__mro__
    foreign = any(c.__module__.split(".")[0] == "torch" for c in classes)
    for c in classes:
        own = not foreign or c.__module__.startswith("torch.nn.modules.")
        if c.__name__ == name and own:
            same = getattr(type(module), "forward", None) is getattr(c, "forward", None)
            return c if same else None
    return None


def _kind(path, module):
    for kind in LAYERS:
        if _class_named(module, kind) is not None:
            return kind
    name = f"module {path}" if path else "model"
    raise UserError(name, type(module).__qualname__, "nn.Sequential of " + ", ".join(LAYERS),
                    "write the model with these, without a forward of its own")


def _first_features(modules):
    if modules and _class_named(modules[0][1], "Linear") is not None:
        return (modules[0][1].in_features,)
    raise UserError("input", None, "the shape of one example",
                    "pass data=(x, y), or input=(channels, height, width)")


def _refuse_sharing(sources):
    owners = {}
    for name, module, attribute in sources:
        before = owners.setdefault((id(module), attribute), name)
        if before != name:
            raise UserError(f"tensor {name}", f"shared with {before}", "a module of its own")
