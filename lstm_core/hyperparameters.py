"""Everything that a training run can be told, with its bounds and its help in one table.

The command line's flags, the app's fields and the checks all come from the fields of `Hyperparameters`.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from lstm_core.checks import a_number, one_of, whole_number
from lstm_core.errors import InvalidArgument
from lstm_core.network.cells import CELLS
from lstm_core.phrases import Argument, Choice, Phrase

CELL_HELP = f"Which recurrent cell: {', '.join(row.title for row in CELLS.values())}."
REPRESENTATIONS = ("log_return", "level", "relative")


@dataclass(frozen=True, slots=True)
class Rule:
    """What one hyperparameter may be: a number between bounds (both allowed) or one of several choices."""

    help: str
    group: str
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()

    def expected(self, kind: type) -> Phrase:
        if self.choices:
            return one_of(map(Choice, self.choices))
        return whole_number(int(self.low), int(self.high)) if kind is int else a_number(self.low, self.high)


def number(default: float, low: float, high: float, group: str, help: str) -> Any:
    return field(default=default, metadata={"rule": Rule(help, group, low, high)})


def choice(default: Any, choices: tuple[str, ...], group: str, help: str) -> Any:
    return field(default=default, metadata={"rule": Rule(help, group, choices=choices)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperparameters:
    """The settings of one training run; PyTorch's names where PyTorch has one.

    Raises `InvalidArgument` when a value is out of its bounds. ``inputs`` and ``target`` may be ``auto`` until
    `resolved` has seen the series: log returns where every value is positive, else levels.
    """

    cell: str = choice("LSTM", tuple(CELLS), "model", CELL_HELP)
    hidden_size: int = number(32, 1, 512, "model", "Hidden units H of each layer.")
    num_layers: int = number(1, 1, 4, "model", "Layers stacked on one another.")
    dropout: float = number(
        0.0,
        0.0,
        0.9,
        "model",
        "Share of a layer's outputs dropped on the way to the next layer; no effect with one layer.",
    )
    output_dropout: float = number(
        0.0,
        0.0,
        0.9,
        "model",
        "Share of the last layer's outputs dropped on the way to the linear head, while training only.",
    )
    forget_bias: float = number(
        1.0,
        -10.0,
        10.0,
        "model",
        "Added at the start to the bias, as PyTorch draws it, of the gate that keeps: an LSTM's forget gate, a GRU's "
        "update gate. So an untrained network tends to remember; a plain RNN has no such gate.",
    )
    window_length: int = number(60, 2, 500, "model", "Input timesteps T that the network sees before it predicts.")
    inputs: tuple[str, ...] = choice(
        ("auto",),
        ("auto", *REPRESENTATIONS),
        "model",
        "What the network sees each timestep: daily log return, level, or change since the window's start.",
    )
    target: str = choice(
        "auto",
        ("auto", *REPRESENTATIONS),
        "model",
        "What the network predicts for the next timestep; always drawn and scored in the series' own unit too.",
    )
    epochs: int = number(40, 1, 5000, "training", "Passes over the training part.")
    learning_rate: float = number(0.005, 1e-6, 1.0, "training", "Step size of the optimizer.")
    batch_size: int = number(8, 1, 4096, "training", "Windows in one gradient step.")
    optimizer: str = choice("adam", ("adam", "adamw"), "training", "Adam, or AdamW with decoupled weight decay.")
    weight_decay: float = number(0.0, 0.0, 1.0, "training", "Pull of the weights towards zero.")
    loss: str = choice(
        "mse", ("mse", "huber"), "training", "Mean squared error, or Huber (delta 1), which outliers move less."
    )
    loss_on: str = choice(
        "every_step",
        ("every_step", "last_step"),
        "training",
        "Score the prediction at every timestep after the burn-in, or at the last one alone (the tutorial way).",
    )
    burn_in: int = number(
        0,
        0,
        499,
        "training",
        "Timesteps at the window's start that are not scored with loss on every step; 0 chooses half a window.",
    )
    stride: int = number(
        0,
        0,
        500,
        "training",
        "Distance between training windows; 0 chooses a quarter of a window with loss on every step, else 1.",
    )
    gradient_clip: float = number(
        1.0, 0.0, 1000.0, "training", "Largest norm of the gradient; 0 switches clipping off."
    )
    patience: int = number(
        0,
        0,
        1000,
        "training",
        "Stop after so many epochs without a better validation loss; 0 never stops early.",
    )
    seed: int = number(0, 0, 2**31 - 1, "training", "Same seed, same initial weights and same order of batches.")
    train_fraction: float = number(0.7, 0.1, 0.9, "training", "Share of the series, from its start, to train on.")
    validation_fraction: float = number(
        0.15, 0.05, 0.5, "training", "Share after the training part to validate on; the rest is the test part."
    )
    device: str = choice(
        "auto", ("auto", "cpu", "cuda"), "training", "Where to train; auto takes a CUDA device where there is one."
    )

    def __post_init__(self) -> None:
        check_fields(self)
        if len(set(self.inputs)) != len(self.inputs):
            raise InvalidArgument("inputs", Phrase("without_repetition"), self.inputs)
        if "auto" in self.inputs and self.inputs != ("auto",):
            raise InvalidArgument("inputs", Phrase("auto_alone"), self.inputs)
        if self.loss_on == "every_step" and self.burn_in >= self.window_length:
            expected = Phrase("less_than_setting", setting=Argument("window_length"), value=self.window_length)
            raise InvalidArgument("burn_in", expected, self.burn_in)
        if self.train_fraction + self.validation_fraction > 0.95 + 1e-9:
            most, setting = 0.95 - self.train_fraction, Argument("train_fraction")
            expected = Phrase("room_for_test_part", most=most, setting=setting, value=float(self.train_fraction))
            raise InvalidArgument("validation_fraction", expected, self.validation_fraction)

    @property
    def input_size(self) -> int:
        """D; ``inputs`` must be resolved."""
        return len(self.inputs)

    @property
    def test_fraction(self) -> float:
        """Share of the series, at its end, that neither training nor validation sees."""
        return 1 - self.train_fraction - self.validation_fraction

    @property
    def first_scored(self) -> int:
        """The first timestep of a window, from 0, whose prediction counts in the loss."""
        if self.loss_on == "last_step":
            return self.window_length - 1
        return self.burn_in or self.window_length // 2

    @property
    def training_stride(self) -> int:
        """Distance in timesteps between neighbouring training windows."""
        if self.stride:
            return self.stride
        return max(1, self.window_length // 4) if self.loss_on == "every_step" else 1

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` is its inverse."""
        return asdict(self) | {"inputs": list(self.inputs)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """``inputs`` may be a list, or one name. Raises `InvalidArgument` for a name that is no hyperparameter."""
        names = {each.name for each in fields(cls)}
        for name in values:
            if name not in names:
                raise InvalidArgument("hyperparameters", Phrase("known_names"), name)
        chosen = dict(values)
        inputs = chosen.get("inputs")
        if isinstance(inputs, list | str):
            chosen["inputs"] = (inputs,) if isinstance(inputs, str) else tuple(inputs)
        return cls(**chosen)


RULES = {each.name: each.metadata["rule"] for each in fields(Hyperparameters)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Hyperparameters):
    """Hyperparameters of which none is left to choose: what a network is built of and trained with.

    `training.windows.resolved` makes them of what a person chose. Raises `InvalidArgument` where ``auto`` is left.
    """

    def __post_init__(self) -> None:
        Hyperparameters.__post_init__(self)
        if "auto" in (*self.inputs, self.target):
            raise InvalidArgument("inputs and target", Phrase("resolved"), "auto")


def check_fields(settings: Any) -> None:
    """Raise `InvalidArgument` unless every field of a dataclass made with `number` and `choice` keeps its rule."""
    for each in fields(settings):
        _check(each.name, getattr(settings, each.name), type(each.default), each.metadata["rule"])


def _check(name: str, value: Any, kind: type, rule: Rule) -> None:
    """Raise `InvalidArgument` unless `value` is of `kind` and keeps `rule`."""
    if rule.choices:
        chosen = value if kind is tuple else (value,)
        if not isinstance(chosen, tuple) or not chosen or any(each not in rule.choices for each in chosen):
            raise InvalidArgument(name, rule.expected(kind), value)
        return
    is_number = isinstance(value, int if kind is int else (int, float)) and not isinstance(value, bool)
    if not is_number or not rule.low <= value <= rule.high:  # NaN is in no range
        raise InvalidArgument(name, rule.expected(kind), value)
