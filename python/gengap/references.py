"""Reference sets: the examples that measures evaluate a network on, as uint8 images and labels."""

import math
import uuid
from dataclasses import dataclass

import numpy as np

from gengap import messages, topics
from gengap.errors import StreamError, UserError
from gengap.messages import Location, ReferenceManifest
from gengap.network import to_numpy

UNIT, WHITENING = "unit", "per-image-whitening"
MAX_EXAMPLES = 900_000
MAX_BYTES = 1 << 30
MAX_CLASSES = 256


def scaled(images, scaling=UNIT):
    """The float32 inputs that Gengap makes of uint8 ``images`` (example, …).

    ``unit`` is v/255. ``per-image-whitening`` is (x - mean)/max(std, 1/sqrt(N)) of x = v/255 for
    each image over its N numbers, as in Zhang et al. 2017, appendix A.
    """
    pixels = to_numpy(images)
    if pixels.dtype != np.uint8:
        raise UserError("images dtype", pixels.dtype, "uint8")
    if scaling == UNIT:
        return (pixels / 255.0).astype(np.float32)
    if scaling != WHITENING:
        raise UserError("scaling", scaling, f"{UNIT} or {WHITENING}")
    flat = pixels.reshape(len(pixels), -1).astype(np.int64)
    size = flat.shape[1]
    total, squares = flat.sum(axis=1), (flat * flat).sum(axis=1)
    std = np.sqrt((size * squares - total * total).astype(np.float64)) / (255.0 * size)
    deviation = np.maximum(std, 1 / math.sqrt(size))[:, None]
    white = (flat / 255.0 - (total / (255.0 * size))[:, None]) / deviation
    return white.astype(np.float32).reshape(pixels.shape)


@dataclass(frozen=True)
class ReferenceSet:
    """Images uint8 (example, channel, height, width) and labels uint8 (example)."""

    images: np.ndarray
    labels: np.ndarray
    classes: int
    scaling: str

    @staticmethod
    def of(name, data, classes, scaling):
        """The set that ``data``, a pair (x, y), is; ``name`` says which in messages."""
        x, y = (to_numpy(part) for part in data)
        labels = _labels(name, y, len(x), classes)
        images = _pixels(f"{name} x", x)
        if scaling not in (UNIT, WHITENING):
            raise UserError("scaling", scaling, f"{UNIT} or {WHITENING}")
        if images.dtype != x.dtype and scaling != UNIT:
            raise UserError(f"{name} x dtype", x.dtype, f"uint8, where scaling is {scaling}")
        return ReferenceSet(images.reshape(len(x), *_image_shape(name, x.shape[1:])), labels,
                            classes, scaling)

    def content(self, images_hash):
        """SHA-256 over shape, classes, scaling, the images' hash and the labels."""
        channels, height, width = self.images.shape[1:]
        head = f"{channels} {height} {width} {self.classes} {self.scaling} {images_hash}\n"
        return messages.sha256(head.encode() + self.labels.tobytes())

    def inputs(self):
        """The images as the network takes them: float32."""
        return scaled(self.images, self.scaling)


def _labels(name, y, examples, classes):
    if classes > MAX_CLASSES:
        raise UserError("classes", classes, f"at most {MAX_CLASSES}")
    if y.shape != (examples,) or not 0 < examples <= MAX_EXAMPLES:
        raise UserError(f"{name} y shape", y.shape,
                        f"({examples},), a label for each example, at most {MAX_EXAMPLES}")
    wrong = y[(y < 0) | (y >= classes) | (y != y.astype(np.int64))]
    if len(wrong):
        raise UserError(f"{name} label", wrong[0], f"a whole number in 0 … {classes - 1}")
    return y.astype(np.uint8)


def _pixels(name, x):
    """uint8 as it is; floats where they are v/255 to the bit, so that nothing is lost."""
    if x.dtype == np.uint8:
        return x
    with np.errstate(invalid="ignore"):
        pixels = np.rint(np.clip(np.nan_to_num(x), 0, 1) * 255.0).astype(np.uint8)
    exact = (pixels / 255.0).astype(np.float32)
    different = np.flatnonzero(np.asarray(x, dtype=np.float32).ravel() != exact.ravel())
    if len(different):
        raise UserError(
            f"{name} value", x.ravel()[different[0]],
            "uint8, or floats that are v/255 for a whole v in 0 … 255",
            "train on gengap.scaled(images) of uint8 images, or leave data out: "
            "then what needs no examples is measured")
    return pixels


def _image_shape(name, shape):
    size = {1: (1, 1) + tuple(shape), 2: (1,) + tuple(shape), 3: tuple(shape)}.get(len(shape))
    if size is None or 0 in size:
        raise UserError(f"{name} x shape of an example", tuple(shape),
                        "(features), (height, width) or (channel, height, width)")
    return size


def example_shape(name, pair):
    """The shape of one of the examples (x, y), or None where there are none."""
    if pair is None:
        return None
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise UserError(name, type(pair).__name__, "a pair (x, y)")
    return tuple(np.shape(pair[0])[1:])


def publish_examples(broker, network, scaling, **pairs):
    """Publishes pairs (x, y) that fit the network; gives the content hash of each, "" for None."""
    sets = ReferenceSets(broker)
    try:
        return [_publish(sets, network, scaling, name, pair) for name, pair in pairs.items()]
    finally:
        sets.close()


def _publish(sets, network, scaling, name, pair):
    shape = example_shape(name, pair)
    if shape is None:
        return ""
    if math.prod(shape) != math.prod(network.input):
        raise UserError(f"{name} x shape of an example", shape,
                        f"{list(network.input)}, the network's input")
    return sets.publish(ReferenceSet.of(name, pair, network.classes, scaling))


class ReferenceSets:
    """The reference sets of an experiment, by the hash of their content."""

    def __init__(self, broker):
        self._broker = broker
        self._tail = broker.tail([topics.REFERENCES])
        self._manifests = {}

    def publish(self, reference):
        """Publishes a set unless the broker has it; returns its content hash."""
        self._refresh()
        data = reference.images.tobytes()
        if len(data) > MAX_BYTES:
            raise UserError("images", f"{len(data)} bytes", f"at most {MAX_BYTES}",
                            "publish a part of them")
        images = messages.sha256(data)
        content = reference.content(images)
        if content not in self._manifests:
            manifest = self._manifest(reference, content, self._locate(images, data))
            messages.append(self._broker, topics.REFERENCES, manifest)
            self._broker.flush()
            self._manifests[content] = manifest
        return content

    def fetch(self, content):
        """The set of that content, checked against its hashes."""
        if content not in self._manifests:
            self._refresh()
        found = self._manifests.get(content)
        if found is None:
            raise StreamError(f"reference set: {content} (expected: one that was published)")
        data = messages.fetch_chunks(self._broker, topics.REFERENCE_CHUNKS, _location(found))
        shape = (found.examples, found.channels, found.height, found.width)
        reference = ReferenceSet(np.frombuffer(data, np.uint8).reshape(shape),
                                 np.frombuffer(found.labels, np.uint8), found.classes,
                                 found.scaling)
        actual = reference.content(found.images)
        if actual != content:
            raise StreamError(f"reference set: {actual} (expected: {content})")
        return reference

    def close(self):
        self._tail.close()

    def _refresh(self):
        for kind, record in self._tail.read_to_end():
            manifest = messages.parse(kind, record)
            self._manifests[manifest.content] = manifest

    def _locate(self, images, data):
        """Where the images stand: sets that differ only in their labels share them."""
        for manifest in self._manifests.values():
            if manifest.images == images:
                return _location(manifest)
        upload = f"{images}/{uuid.uuid4()}"
        return messages.publish_chunks(self._broker, topics.REFERENCE_CHUNKS, images, upload, data)

    @staticmethod
    def _manifest(reference, content, at):
        channels, height, width = reference.images.shape[1:]
        return messages.new(
            ReferenceManifest, content=content, examples=len(reference.labels),
            channels=channels, height=height, width=width, classes=reference.classes,
            labels=reference.labels.tobytes(), images=at.sha256, chunks=at.chunks,
            partition=at.partition, first_offset=at.first_offset, last_offset=at.last_offset,
            bytes=at.bytes, scaling=reference.scaling, upload=at.payload)


def _location(manifest):
    return Location(manifest.upload, manifest.partition, manifest.first_offset,
                    manifest.last_offset, manifest.chunks, manifest.bytes, manifest.images)
