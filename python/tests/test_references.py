import unittest

import numpy as np

from gengap import UserError, scaled
from gengap.references import ReferenceSet

PIXELS = np.arange(256, dtype="u1").reshape(4, 1, 8, 8)
LABELS = np.array([0, 1, 2, 0])


class ReferencesTest(unittest.TestCase):
    def test_scaled_unit_isAFraction(self):
        np.testing.assert_array_equal(scaled(PIXELS), (PIXELS / 255.0).astype("f4"))

    def test_scaled_whitening_hasMeanZeroAndDeviationOne(self):
        images = np.random.RandomState(1).randint(0, 256, (4, 3, 8, 8)).astype("u1")
        white = scaled(images, "per-image-whitening").astype("f8").reshape(4, -1)

        np.testing.assert_allclose(white.mean(axis=1), 0, atol=1e-6)
        np.testing.assert_allclose(white.std(axis=1), 1, rtol=1e-6)

    def test_scaled_whiteningOfAlmostNothing_dividesByOneOverTheRootOfTheSize(self):
        image = np.zeros((1, 1, 4, 4), "u1")
        image[0, 0, 0, 0] = 16
        white = scaled(image, "per-image-whitening")

        self.assertAlmostEqual(white[0, 0, 0, 0], (16 - 1) / 255 * 4, places=6)

    def test_scaled_floats_areRefused(self):
        with self.assertRaisesRegex(UserError, "images dtype: float64"):
            scaled(PIXELS / 255.0)

    def test_of_floatsThatAreFractions_isTheSetOfTheirPixels(self):
        kept = ReferenceSet.of("data", (PIXELS, LABELS), 3, "unit")
        found = ReferenceSet.of("data", (scaled(PIXELS), LABELS), 3, "unit")

        np.testing.assert_array_equal(found.images, PIXELS)
        self.assertEqual(found.content("hash"), kept.content("hash"))
        np.testing.assert_array_equal(found.inputs(), scaled(PIXELS))

    def test_of_otherFloats_isRefusedWithAWayOut(self):
        for value in (0.5, -1.0, 1.5, np.nan):
            x = np.full((4, 12), value, "f4")
            with self.subTest(value), self.assertRaisesRegex(UserError, r"gengap\.scaled"):
                ReferenceSet.of("data", (x, LABELS), 3, "unit")

    def test_of_floatsToBeWhitened_isRefused(self):
        with self.assertRaisesRegex(UserError, "x dtype: float32 .expected: uint8"):
            ReferenceSet.of("data", (scaled(PIXELS), LABELS), 3, "per-image-whitening")

    def test_of_features_areAnImageOfOneRow(self):
        found = ReferenceSet.of("data", (PIXELS.reshape(4, 64), LABELS), 3, "unit")
        self.assertEqual(found.images.shape, (4, 1, 1, 64))

    def test_of_labelsThatAreNone_isRefused(self):
        for labels in ([0, 1, 2, 3], [0, 1, -1, 0], [0, 1, 0.5, 0], [0, 1, 2]):
            with self.subTest(labels), self.assertRaises(UserError):
                ReferenceSet.of("data", (PIXELS, np.array(labels)), 3, "unit")

    def test_content_isThatOfGengap(self):
        """SHA-256 of the line `1 8 8 3 unit hash` and the labels, as docs/topics.md has it."""
        found = ReferenceSet.of("data", (PIXELS, LABELS), 3, "unit").content("hash")
        self.assertEqual(
            found, "3c05ad0e9b73c0d4246c1e05fa6bf568d847483dfa9a56d54422c1fb40c223c1")
