import json
import struct
import unittest

import numpy as np

from gengap import UserError, safetensors


class SafetensorsTest(unittest.TestCase):
    def test_encode_tensorsOfAllTypes_areReadBack(self):
        tensors = {
            "1.weight": np.arange(6, dtype="f4").reshape(2, 3),
            "steps": np.array(7, dtype="i8"),
            "0.bias": np.array([], dtype="f8"),
        }
        found, metadata = safetensors.decode(safetensors.encode(tensors, {"step": "7"}))

        self.assertEqual(metadata, {"step": "7"})
        self.assertEqual(set(found), set(tensors))
        for name, array in tensors.items():
            np.testing.assert_array_equal(found[name], array)
            self.assertEqual(found[name].dtype, array.dtype)

    def test_encode_mixedTypes_alignsEach(self):
        data = safetensors.encode({"a": np.zeros(1, "f4"), "b": np.zeros(1, "f8")})
        (length,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8 : 8 + length])

        self.assertEqual(length % 8, 0)
        self.assertEqual(header["b"]["data_offsets"], [0, 8])
        self.assertEqual(header["a"]["data_offsets"], [8, 12])

    def test_encode_bigEndianAndStrided_areWrittenLittleAndRowMajor(self):
        strided = np.arange(6, dtype=">f4").reshape(2, 3).T
        found, _ = safetensors.decode(safetensors.encode({"w": strided}))

        np.testing.assert_array_equal(found["w"], [[0, 3], [1, 4], [2, 5]])

    def test_encode_typeNobodyReads_isRefused(self):
        with self.assertRaisesRegex(UserError, "tensor w dtype: float16"):
            safetensors.encode({"w": np.zeros(1, "f2")})

    def test_decode_headerThatLies_isRefused(self):
        data = safetensors.encode({"w": np.zeros(2, "f4")})
        for lie, message in (
            (data[:4], "size: 4 bytes"),
            (struct.pack("<Q", 1 << 40) + data[8:], "header length"),
            (data.replace(b'"F32"', b'"F99"'), "dtype: F99"),
            (data[:-1], "data_offsets"),
            (data[:8] + b"x" + data[9:], "header"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                safetensors.decode(lie)
