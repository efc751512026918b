"""Trains a small network, with PyTorch or its stand-in, and publishes it: for Gengap's own tests.

    GENGAP_BOOTSTRAP=host:port GENGAP_EXPERIMENT=name python3 -m tests.train torch|numpy

Prints, as one line of JSON, the run and its outputs at the end, in evaluation mode.
"""

import json
import sys

import numpy as np

import gengap

STEPS, EVERY, CLASSES = 40, 10, 3


def examples(count, seed):
    """Images of random pixels, brighter in one third of their rows: the class."""
    random = np.random.RandomState(seed)
    labels = random.randint(0, CLASSES, count)
    images = random.randint(0, 200, (count, 3, 12, 12))
    for image, label in zip(images, labels):
        image[:, 4 * label : 4 * label + 4] += 55
    return images.astype("u1"), labels


def with_numpy(train, test, publish):
    from tests import standins as nn

    model = nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(432, 16, 1), nn.ReLU()),
                          nn.Linear(16, CLASSES, 2))
    x, y = gengap.scaled(train[0]), train[1]
    for step in range(STEPS):
        publish(model, step)
        nn.descend(model, x, y, rate=0.05)
    publish(model, STEPS)
    return model(x), model(gengap.scaled(test[0]))


def with_torch(train, test, publish):
    import torch
    from torch import nn

    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = nn.Sequential(
        nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU()),
        nn.MaxPool2d(2), nn.Conv2d(8, 4, 3, stride=2, padding="valid"), nn.GELU(),
        nn.LocalResponseNorm(2), nn.AvgPool2d(2, ceil_mode=False), nn.Flatten(), nn.Dropout(0.1),
        nn.Linear(4, 16), nn.LayerNorm(16), nn.Tanh(), nn.Linear(16, CLASSES))
    x, y = torch.tensor(gengap.scaled(train[0])), torch.tensor(train[1])
    for step in range(STEPS):
        publish(model, step)
        model.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.2 * parameter.grad
    publish(model, STEPS)
    model.eval()
    with torch.no_grad():
        return model(x).numpy(), model(torch.tensor(gengap.scaled(test[0]))).numpy()


def main(modules):
    train, test = examples(64, seed=1), examples(32, seed=2)
    runs = set()

    def publish(model, step):
        if step % EVERY == 0:
            run = gengap.publish(model, step, data=train, test=test, cell={"modules": modules},
                                 steps_per_epoch=1, max_steps=STEPS).run
            runs.add(run)

    logits, test_logits = {"numpy": with_numpy, "torch": with_torch}[modules](train, test, publish)
    print(json.dumps({"run": runs.pop(), "logits": logits.ravel().tolist(),
                      "test_logits": test_logits.ravel().tolist()}))


if __name__ == "__main__":
    main(sys.argv[1])
