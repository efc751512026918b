"""What can go wrong, in one grammar: ``name: value (expected: …); remedy``."""


class UserError(ValueError):
    """Something the user can mend: a value, a module, an address."""

    def __init__(self, name, value, expected, remedy=""):
        text = f"{name}: {value} (expected: {expected})"
        super().__init__(f"{text}; {remedy}" if remedy else text)


class StreamError(RuntimeError):
    """The broker did not take or give a record, or what it gave is damaged."""


class NotApplicable(Exception):
    """Raised by a measure to say why it means nothing for a snapshot; the text is published."""
