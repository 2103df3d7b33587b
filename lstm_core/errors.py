"""What a user can do wrong, as a phrase each: `str` of an error is its one clear sentence."""

from lstm_core.phrases import Argument, Phrase


class Refusal(Exception):
    """An error that is for people to read."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase)

    @property
    def phrase(self) -> Phrase:
        return self.args[0]


class InvalidArgument(Refusal, ValueError):
    """A value given by a user cannot be used.

    The sentence names the argument, what was expected and what came:
    ``hidden_size must be a whole number from 1 to 512; got 0.``
    """

    def __init__(self, argument: str, expected: Phrase, came: object) -> None:
        """came: shown as Python writes it, unless it is a phrase."""
        shown = came if isinstance(came, Phrase) else _shown(came)
        super().__init__(Phrase("invalid_argument", argument=Argument(argument), expected=expected, came=shown))

    def __reduce__(self):  # exceptions with arguments of their own do not cross processes unaided
        return _restored, (type(self), self.phrase)

    @property
    def argument(self) -> str:
        return next(self.phrase.arguments())


class DataUnavailable(Refusal, RuntimeError):
    """Data could not be had although the request was well-formed. The sentence says what to do next."""


class InvalidFile(Refusal, ValueError):
    """A file is broken, foreign, or of a version that this program does not read."""


def _shown(value: object) -> str:
    """`repr` on one line, cut to a length that fits on a screen."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else text[:77] + "..."


def _restored(kind: type[InvalidArgument], phrase: Phrase) -> InvalidArgument:
    return kind.__new__(kind, phrase)
