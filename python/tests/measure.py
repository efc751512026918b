"""Measures an experiment with functions of its own, to its end: for Gengap's own tests.

    GENGAP_BOOTSTRAP=host:port GENGAP_EXPERIMENT=name python3 -m tests.measure
"""

import numpy as np

import gengap


def largest_weight(snapshot):
    return max(np.abs(array).max() for name, array in snapshot.weights.items() if "weight" in name)


def layer_moves(snapshot):
    """How far each matrix of weights has moved."""
    initial = snapshot.initial()
    return [np.linalg.norm(array - initial[name])
            for name, array in snapshot.weights.items() if array.ndim > 1]


def brightness(snapshot):
    inputs, labels = snapshot.train()
    return inputs[labels == 0].mean()


def undecided(snapshot):
    if snapshot.step == 0:
        raise gengap.NotApplicable("nothing was trained")
    return 1 / 0


if __name__ == "__main__":
    for fn in (largest_weight, layer_moves, brightness, undecided):
        print(fn.__name__, len(gengap.measure(fn, conventions={"in": "python"})))
