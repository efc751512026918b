import json
import unittest

import numpy as np

from gengap import UserError, network
from tests import standins

try:
    from torch import nn
except ImportError:
    nn = None


class StandInTest(unittest.TestCase):
    def test_describe_nestedSequential_isFlattenedInOrder(self):
        model = standins.Sequential(
            standins.Flatten(),
            standins.Sequential(standins.Linear(12, 8), standins.ReLU()), standins.Linear(8, 3))
        found = network.describe(model, (3, 2, 2))

        self.assertEqual(json.loads(found.text()), {
            "input": [3, 2, 2], "classes": 3, "layers": [
                {"type": "flatten"}, {"type": "linear", "out": 8, "bias": True},
                {"type": "relu"}, {"type": "linear", "out": 3, "bias": True}]})
        self.assertEqual([name for name, _, _ in found.sources],
                         ["1.weight", "1.bias", "3.weight", "3.bias"])
        self.assertEqual(found.parameters(), 12 * 8 + 8 + 8 * 3 + 3)

    def test_weights_areCopies(self):
        model = standins.Sequential(standins.Linear(4, 2))
        weights = network.describe(model).weights()
        model[0].weight += 1

        np.testing.assert_array_equal(weights["0.weight"] + 1, model[0].weight)

    def test_describe_moduleItDoesNotKnow_isNamed(self):
        class Swish:
            pass

        model = standins.Sequential(standins.Flatten(), standins.Sequential(Swish()))
        with self.assertRaisesRegex(UserError, r"module 1\.0: .*Swish .expected: nn.Sequential of"):
            network.describe(model, (1, 2, 2))

    def test_describe_sizesThatDoNotFit_areNamed(self):
        model = standins.Sequential(standins.Linear(4, 2), standins.Linear(3, 2))
        with self.assertRaisesRegex(UserError, "module 1 Linear in_features: 3 .expected: 2"):
            network.describe(model)

    def test_describe_moduleTwice_isRefused(self):
        layer = standins.Linear(4, 4)
        with self.assertRaisesRegex(UserError, "tensor 1.weight: shared with 0.weight"):
            network.describe(standins.Sequential(layer, layer))

    def test_describe_noShape_isAskedFor(self):
        with self.assertRaisesRegex(UserError, "input: None .expected: the shape of one example"):
            network.describe(standins.Sequential(standins.Flatten(), standins.Linear(4, 2)))


@unittest.skipIf(nn is None, "PyTorch is not installed")
class TorchTest(unittest.TestCase):
    def layers(self, model, shape):
        return json.loads(network.describe(model, shape).text())["layers"]

    def test_describe_everyLayer_namesEveryOption(self):
        model = nn.Sequential(
            nn.Conv2d(3, 8, (5, 3), stride=2, padding=(2, 1), bias=False), nn.BatchNorm2d(8),
            nn.LeakyReLU(0.2), nn.LocalResponseNorm(4, k=2.0), nn.MaxPool2d(3, 2, 1), nn.Identity(),
            nn.Conv2d(8, 4, 3, padding="same"), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.Linear(16, 6), nn.BatchNorm1d(6), nn.GELU(), nn.LayerNorm(6), nn.Dropout(0.25),
            nn.ReLU(), nn.Linear(6, 10))
        self.assertEqual(self.layers(model, (3, 16, 16)), [
            {"type": "conv2d", "out": 8, "kernel": [5, 3], "stride": 2, "padding": [2, 1],
             "bias": False},
            {"type": "batch_norm", "epsilon": 1e-5, "momentum": 0.1},
            {"type": "leaky_relu", "slope": 0.2},
            {"type": "local_response_norm", "size": 4, "alpha": 1e-4, "beta": 0.75, "k": 2.0},
            {"type": "max_pool2d", "kernel": 3, "stride": 2, "padding": 1},
            {"type": "conv2d", "out": 4, "kernel": 3, "stride": 1, "padding": "same",
             "bias": True},
            {"type": "tanh"},
            {"type": "avg_pool2d", "kernel": 2, "stride": 2, "padding": 0},
            {"type": "flatten"},
            {"type": "linear", "out": 6, "bias": True},
            {"type": "batch_norm", "epsilon": 1e-5, "momentum": 0.1},
            {"type": "gelu"},
            {"type": "layer_norm", "epsilon": 1e-5},
            {"type": "dropout", "p": 0.25},
            {"type": "relu"},
            {"type": "linear", "out": 10, "bias": True},
        ])

    def test_weights_haveTheirStatistics(self):
        model = nn.Sequential(nn.Linear(4, 2), nn.BatchNorm1d(2))
        weights = network.describe(model).weights()

        self.assertEqual(list(weights), ["0.weight", "0.bias", "1.weight", "1.bias",
                                         "1.running_mean", "1.running_var"])
        np.testing.assert_array_equal(weights["1.running_var"], [1, 1])

    def test_describe_whatTheLanguageLacks_isRefusedByName(self):
        for module, message in (
            (nn.Conv2d(4, 4, 3, groups=2), "Conv2d groups: 2"),
            (nn.Conv2d(4, 4, 3, dilation=2), "Conv2d dilation"),
            (nn.Conv2d(4, 4, 3, padding=1, padding_mode="reflect"), "padding_mode: reflect"),
            (nn.MaxPool2d(3, ceil_mode=True), "ceil_mode: True"),
            (nn.AvgPool2d(3, padding=1, count_include_pad=False), "count_include_pad: False"),
            (nn.BatchNorm2d(4, affine=False), "affine: False"),
            (nn.BatchNorm2d(4, track_running_stats=False), "track_running_stats: False"),
            (nn.BatchNorm2d(4, momentum=None), "momentum: None"),
            (nn.LayerNorm(8), "LayerNorm normalized_shape"),
            (nn.GELU("tanh"), "approximate: tanh"),
            (nn.Flatten(0), "start_dim: 0"),
            (nn.Linear(8, 2), r"Linear input: \[4, 8, 8\] .expected: a vector.*nn.Flatten"),
            (nn.Softmax(dim=1), "module 0: Softmax"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                network.describe(nn.Sequential(module), (4, 8, 8))

    def test_describe_forwardOfItsOwn_isRefused(self):
        class Residual(nn.Sequential):
            def forward(self, x):
                return x + super().forward(x)

        class Linear(nn.Module):
            in_features = out_features = 4

        for model in (Residual(nn.Linear(4, 4)), Linear()):
            with self.assertRaisesRegex(UserError, "model: "):
                network.describe(model, (4,))

    def test_describe_subclassThatOnlyBuilds_isASequential(self):
        class Perceptron(nn.Sequential):
            def __init__(self):
                super().__init__(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))

        self.assertEqual(len(self.layers(Perceptron(), None)), 3)
