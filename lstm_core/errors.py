"""What a user can do wrong, said in one clear sentence."""


class InvalidArgument(ValueError):
    """A value given by a user cannot be used.

    The sentence names the argument, what was expected and what came:
    ``hidden_size must be a whole number from 1 to 512; got 0.``
    """

    def __init__(self, argument: str, expected: str, came: object) -> None:
        self.argument = argument
        super().__init__(f"{argument} must be {expected}; got {_shown(came)}.")

    def __reduce__(self):  # exceptions with arguments of their own do not cross processes unaided
        return _restore, (type(self), self.argument, str(self))


class DataUnavailable(RuntimeError):
    """Data could not be had although the request was well-formed. The sentence says what to do next."""


class InvalidFile(ValueError):
    """A file is broken, foreign, or of a version that this program does not read."""


def _shown(value: object) -> str:
    """`repr` on one line, cut to a length that fits on a screen."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else text[:77] + "..."


def _restore(kind: type[InvalidArgument], argument: str, sentence: str) -> InvalidArgument:
    error = kind.__new__(kind)
    ValueError.__init__(error, sentence)
    error.argument = argument
    return error
