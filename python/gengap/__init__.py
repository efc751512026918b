"""Gengap from Python: publish or save a model while it is trained, measure it, load results.

    import gengap
    for step in range(1001):
        gengap.publish(model, step, data=(x, y))   # before the step; the first call is step 0
        …
"""

from gengap import safetensors
from gengap.errors import NotApplicable, StreamError, UserError
from gengap.files import save
from gengap.references import scaled
from gengap.results import load

__all__ = ["NotApplicable", "Publisher", "StreamError", "UserError", "finish", "load", "measure",
           "publish", "safetensors", "save", "scaled"]

_NEED_KAFKA = {"Publisher": "publisher", "publish": "loop", "finish": "loop",
               "measure": "measurer"}


def __getattr__(name):
    """Results load without Kafka's client: what needs it is imported when first used."""
    if name not in _NEED_KAFKA:
        raise AttributeError(f"module 'gengap' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"gengap.{_NEED_KAFKA[name]}"), name)
    globals()[name] = value
    return value
