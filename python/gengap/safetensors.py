"""The safetensors format: a header's length (8 bytes), the header (JSON), the numbers."""

import json
import os
import struct
from pathlib import Path

import numpy as np

from gengap.errors import UserError

_TYPES = {"F32": np.dtype("<f4"), "F64": np.dtype("<f8"), "I64": np.dtype("<i8")}
_NAMES = {dtype: name for name, dtype in _TYPES.items()}
_METADATA = "__metadata__"
_ALIGNMENT = 8


def encode(tensors, metadata=None):
    """The bytes of a file of ``tensors``: float32, float64 or int64 arrays by name.

    Equal contents give equal bytes. Wider types stand first, so that each is aligned to its own.
    """
    header = {_METADATA: dict(sorted(metadata.items()))} if metadata else {}
    parts, end = [], 0
    for name, array in sorted(tensors.items(), key=lambda item: -item[1].dtype.itemsize):
        little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        if little.dtype not in _NAMES:
            raise UserError(f"tensor {name} dtype", array.dtype, "float32, float64 or int64")
        begin, end = end, end + little.nbytes
        header[name] = {
            "dtype": _NAMES[little.dtype],
            "shape": list(array.shape),
            "data_offsets": [begin, end],
        }
        parts.append(little.tobytes())
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _ALIGNMENT)
    return b"".join([struct.pack("<Q", len(text)), text, *parts])


def decode(data, origin="safetensors"):
    """The arrays by name, copied, and the metadata of the bytes of a file.

    Raises UserError where the header claims what the bytes do not hold.
    """
    if len(data) < 8:
        raise UserError(f"{origin}: size", f"{len(data)} bytes", "at least 8")
    (length,) = struct.unpack_from("<Q", data)
    if length > len(data) - 8:
        raise UserError(f"{origin}: header length", length, f"at most {len(data) - 8}")
    try:
        header = json.loads(bytes(data[8 : 8 + length]).decode())
    except ValueError as e:
        raise UserError(f"{origin}: header", e, "a JSON object in UTF-8") from e
    metadata = header.pop(_METADATA, {})
    numbers = memoryview(data)[8 + length :]
    return {name: _array(origin, name, entry, numbers) for name, entry in header.items()}, metadata


def read(file):
    """The arrays of a file by name, and its metadata."""
    return decode(Path(file).read_bytes(), str(file))


def write(file, tensors, metadata=None):
    """Writes a file. It gets its name when it is whole, so that nobody reads half of one."""
    replace(file, encode(tensors, metadata))


def replace(file, data):
    """Writes ``data`` to a file that gets its name when it is whole."""
    part = Path(f"{file}.part")
    part.write_bytes(data)
    os.replace(part, file)


def _array(origin, name, entry, numbers):
    where = f"{origin}: tensor {name}"
    if entry.get("dtype") not in _TYPES:
        raise UserError(f"{where} dtype", entry.get("dtype"), "F32, F64 or I64")
    dtype, shape = _TYPES[entry["dtype"]], tuple(entry["shape"])
    begin, end = entry["data_offsets"]
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    if not 0 <= begin <= end <= len(numbers) or end - begin != size:
        raise UserError(f"{where} data_offsets", [begin, end],
                        f"{size} bytes within the {len(numbers)} there are")
    return np.frombuffer(numbers[begin:end], dtype=dtype).reshape(shape).copy()
