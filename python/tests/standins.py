"""Modules that look like PyTorch's to gengap and compute with NumPy, where PyTorch is absent."""

import numpy as np


class Linear:
    def __init__(self, in_features, out_features, seed=0):
        bound = 1 / np.sqrt(in_features)
        random = np.random.RandomState(seed)
        self.in_features, self.out_features = in_features, out_features
        self.weight = random.uniform(-bound, bound, (out_features, in_features)).astype("f4")
        self.bias = random.uniform(-bound, bound, out_features).astype("f4")

    def __call__(self, x):
        self.seen = x
        return x @ self.weight.T + self.bias

    def step(self, gradient, rate):
        """Descends along the gradient of the outputs; gives that of the inputs."""
        before = gradient @ self.weight
        self.weight -= (rate * gradient.T @ self.seen).astype("f4")
        self.bias -= (rate * gradient.sum(axis=0)).astype("f4")
        return before


class ReLU:
    def __call__(self, x):
        self.seen = x > 0
        return x * self.seen

    def step(self, gradient, rate):
        return gradient * self.seen


class Flatten:
    start_dim, end_dim = 1, -1

    def __call__(self, x):
        return x.reshape(len(x), -1)

    def step(self, gradient, rate):
        return gradient


class Sequential(list):
    def __init__(self, *modules):
        super().__init__(modules)

    # nn.Module compares by identity, too.
    __hash__ = object.__hash__

    def __call__(self, x):
        for module in self:
            x = module(x)
        return x

    def step(self, gradient, rate):
        for module in reversed(self):
            gradient = module.step(gradient, rate)
        return gradient


def descend(model, x, y, rate=0.5):
    """A step of gradient descent on the cross-entropy; gives the loss before it."""
    logits = model(x)
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(y)), y]).mean()
    p[np.arange(len(y)), y] -= 1
    model.step(p / len(y), rate)
    return float(loss)
