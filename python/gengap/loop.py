"""Publishing with one line in the training loop: a publisher for each model."""

from gengap.publisher import SCORES, Publisher, check_names

_SETTINGS = [name for name in Publisher.__init__.__kwdefaults__ if name != "step"]

_publishers = {}


def publish(model, step, *, epoch=None, reasons=(), **scores_and_settings):
    """Publishes a snapshot of ``model``; the first call, before training, makes its publisher.

    Settings are those of Publisher, and count in the first call for a model; the others, scores
    such as train_loss among them, are those of Publisher.publish. Runs are finished by ``finish``,
    or when the program ends.
    """
    check_names("argument", scores_and_settings, [*SCORES, *_SETTINGS])
    publisher = _publishers.get(id(model))
    if publisher is None or publisher.finished:
        settings = _only(_SETTINGS, scores_and_settings)
        # The publisher keeps the model, so that no other gets its id.
        publisher = _publishers[id(model)] = Publisher(model, step=step, **settings)
    publisher.publish(step, epoch=epoch, reasons=reasons, **_only(SCORES, scores_and_settings))
    return publisher


def finish():
    """Finishes every run that ``publish`` began."""
    for publisher in _publishers.values():
        publisher.finish()
    _publishers.clear()


def _only(names, given):
    return {name: value for name, value in given.items() if name in names}
