"""Sequences of different lengths in one batch: one by one, padded, packed and masked, through the first model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.errors import InvalidArgument
from lstm_core.experiments.first_model.ragged import last_where, means, pad, walk
from lstm_core.experiments.first_model.task import FirstModel
from lstm_core.network.weights import Weights
from lstm_core.phrases import Phrase

if TYPE_CHECKING:
    from torch.nn.utils.rnn import PackedSequence

    from lstm_core.network.forecaster import Forecaster

LENGTHS = (5, 12, 3, 8, 12, 1)
_MOST_SEQUENCES, _LONGEST = 64, 200


@dataclass(frozen=True, eq=False)
class Ran:
    """What the network went through in one way: hidden (B, T, H) and the head's outputs (B, T).

    NaN where nothing was computed.
    """

    hidden: np.ndarray
    outputs: np.ndarray


@dataclass(frozen=True, eq=False)
class VariableLength:
    """One batch of B sequences, in the order given, T being the longest's length.

    lengths (B,); padded (B, T), zeros after each sequence's end; mask (B, T), True where there is a value; targets
    (B,), the mean of each sequence.
    Packed: order (B,), positions by falling length; batch_sizes (T,), how many sequences still run at each timestep;
    packed_values (sum of lengths,), timestep after timestep, in that order.
    Outputs (B,) of the model after each sequence's last value: one_by_one (each alone, without padding), packed, and
    masked (padded, the output at the last True). after_padding: at the last timestep of the padded batch, the mistake
    that the other two avoid.
    alone, in_padded, in_packed: every hidden state and output on the way there; masked reads from in_padded too.
    """

    lengths: np.ndarray
    padded: np.ndarray
    mask: np.ndarray
    targets: np.ndarray
    order: np.ndarray
    batch_sizes: np.ndarray
    packed_values: np.ndarray
    one_by_one: np.ndarray
    packed: np.ndarray
    masked: np.ndarray
    after_padding: np.ndarray
    alone: Ran
    in_padded: Ran
    in_packed: Ran

    @property
    def difference(self) -> float:
        """The largest by which an output of the packed or the masked batch differs from the sequence's alone."""
        return float(max(np.abs(each - self.one_by_one).max() for each in (self.packed, self.masked)))


def compare(lengths: Sequence[int] = LENGTHS, seed: int = 0, weights: Weights | None = None) -> VariableLength:
    """Run random walks of these lengths through an LSTM of 50 units with one output, in every way.

    weights: of a trained `FirstModel`; None: those that PyTorch draws under the seed. Raises `InvalidArgument` for no
    or too many sequences, or a length out of bounds.
    """
    import torch

    from lstm_core.experiments.first_model.problem import packed_batch
    from lstm_core.experiments.problem import build_network

    sequences = _sequences(lengths, seed)
    padded, mask = pad(sequences)
    model, packing = build_network(FirstModel(seed=seed), weights).eval(), packed_batch(padded, mask.sum(axis=1))
    with torch.no_grad():
        in_padded, alone = _ran(model, padded), _one_by_one(model, sequences, padded.shape)
        in_packed, packed = _packed(model, packing)
    return VariableLength(
        lengths=mask.sum(axis=1),
        padded=padded,
        mask=mask,
        targets=means(padded, mask),
        order=np.asarray(packing.sorted_indices),
        batch_sizes=packing.batch_sizes.numpy(),
        packed_values=packing.data[:, 0].numpy(),
        one_by_one=last_where(alone.outputs, mask),
        packed=packed,
        masked=last_where(in_padded.outputs, mask),
        after_padding=in_padded.outputs[:, -1],
        alone=alone,
        in_padded=in_padded,
        in_packed=in_packed,
    )


def _ran(model: "Forecaster", values: np.ndarray) -> Ran:
    """Values (B, T), all of them computed."""
    import torch

    hidden = model.recurrent(torch.from_numpy(values)[..., None])
    return Ran(hidden.numpy(), model.head(hidden).squeeze(-1).numpy())


def _one_by_one(model: "Forecaster", sequences: Sequence[np.ndarray], shape: tuple[int, int]) -> Ran:
    hidden = np.full((*shape, model.recurrent.hidden_size), np.nan, dtype=np.float32)
    outputs = np.full(shape, np.nan, dtype=np.float32)
    for row, values in enumerate(sequences):
        ran = _ran(model, values[None])
        hidden[row, : len(values)], outputs[row, : len(values)] = ran.hidden[0], ran.outputs[0]
    return Ran(hidden, outputs)


def _packed(model: "Forecaster", packing: "PackedSequence") -> tuple[Ran, np.ndarray]:
    """All hidden states and outputs, and the outputs (B,) after each last value, which is where its states stand."""
    from torch.nn.utils.rnn import pad_packed_sequence

    hidden, last = model.recurrent.run_packed(packing)
    unpacked = pad_packed_sequence(hidden, batch_first=True, padding_value=np.nan)[0]
    ran = Ran(unpacked.numpy(), model.head(unpacked).squeeze(-1).numpy())
    return ran, model.head(last).squeeze(-1).numpy()


def _sequences(lengths: Sequence[int], seed: int) -> list[np.ndarray]:
    """One random walk of each length."""
    if not 1 <= len(lengths) <= _MOST_SEQUENCES:
        raise InvalidArgument("lengths", Phrase("lengths", most=_MOST_SEQUENCES), len(lengths))
    for each in lengths:
        if not isinstance(each, int) or isinstance(each, bool) or not 1 <= each <= _LONGEST:
            raise InvalidArgument("lengths", Phrase("whole_numbers", low=1, high=_LONGEST), each)
    rng = np.random.default_rng(seed)
    return [walk(rng, each) for each in lengths]
