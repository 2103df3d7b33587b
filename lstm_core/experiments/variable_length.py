"""Sequences of different lengths in one batch: padded, packed and masked; a first model of 50 units and one output."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_core.errors import InvalidArgument

if TYPE_CHECKING:
    from lstm_core.forecaster import Forecaster

HIDDEN_SIZE = 50
LENGTHS = (5, 12, 3, 8, 12, 1)
_MOST_SEQUENCES, _LONGEST = 64, 200


@dataclass(frozen=True, eq=False)
class VariableLength:
    """One batch of B sequences, in the order given, T being the longest's length.

    lengths (B,); padded (B, T), zeros after each sequence's end; mask (B, T), True where there is a value.
    Packed: order (B,), positions by falling length; batch_sizes (T,), how many sequences still run at each timestep;
    packed_values (sum of lengths,), timestep after timestep, in that order.
    Outputs (B,) of the model after each sequence's last value: one_by_one (each alone, without padding), packed, and
    masked (padded, the output at the last True). after_padding: at the last timestep of the padded batch, the mistake
    that the other two avoid. every_step (B, T): the padded batch's outputs, to be read where the mask says so.
    """

    lengths: np.ndarray
    padded: np.ndarray
    mask: np.ndarray
    order: np.ndarray
    batch_sizes: np.ndarray
    packed_values: np.ndarray
    one_by_one: np.ndarray
    packed: np.ndarray
    masked: np.ndarray
    after_padding: np.ndarray
    every_step: np.ndarray


def compare(lengths: Sequence[int] = LENGTHS, seed: int = 0) -> VariableLength:
    """Run random sequences of these lengths through an LSTM of 50 units with one output, in every way.

    Raises `InvalidArgument` for no or too many sequences, or a length out of bounds.
    """
    import torch

    sequences = _sequences(lengths, seed)
    padded, mask = pad(sequences)
    model = _model(seed)
    with torch.no_grad():
        every_step = model(torch.from_numpy(padded)[..., None]).numpy()
        packing, packed = _packed(model, padded, mask.sum(axis=1))
        one_by_one = [model(torch.from_numpy(each)[None, :, None])[0, -1].item() for each in sequences]
    return VariableLength(
        lengths=mask.sum(axis=1),
        padded=padded,
        mask=mask,
        order=packing.sorted_indices.numpy(),
        batch_sizes=packing.batch_sizes.numpy(),
        packed_values=packing.data[:, 0].numpy(),
        one_by_one=np.array(one_by_one, dtype=np.float32),
        packed=packed,
        masked=last_where(every_step, mask),
        after_padding=every_step[:, -1],
        every_step=every_step,
    )


def pad(sequences: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of different lengths -> values (B, T) with zeros after each end, and mask (B, T)."""
    lengths = np.array([len(each) for each in sequences])
    mask = np.arange(lengths.max()) < lengths[:, None]
    padded = np.zeros(mask.shape, dtype=np.float32)
    padded[mask] = np.concatenate(sequences)
    return padded, mask


def last_where(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The value at the last True of each row: (B, T) twice -> (B,)."""
    return values[np.arange(len(values)), mask.sum(axis=1) - 1]


def _packed(model: "Forecaster", padded: np.ndarray, lengths: np.ndarray) -> tuple[Any, np.ndarray]:
    """torch's packed batch, and the model's outputs (B,) after each last value, which is where its states stand."""
    import torch
    from torch.nn.utils.rnn import pack_padded_sequence

    values = torch.from_numpy(padded)[..., None]
    packing = pack_padded_sequence(values, torch.from_numpy(lengths), batch_first=True, enforce_sorted=False)
    return packing, model.head(model.recurrent.last_hidden(packing)).squeeze(-1).numpy()


def _model(seed: int) -> "Forecaster":
    import torch

    from lstm_core.forecaster import Forecaster
    from lstm_core.recurrent import Recurrent

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Forecaster(Recurrent("LSTM", 1, HIDDEN_SIZE)).eval()


def _sequences(lengths: Sequence[int], seed: int) -> list[np.ndarray]:
    """One random walk of each length."""
    if not 1 <= len(lengths) <= _MOST_SEQUENCES:
        raise InvalidArgument("lengths", f"from 1 to {_MOST_SEQUENCES} numbers", len(lengths))
    for each in lengths:
        if not isinstance(each, int) or isinstance(each, bool) or not 1 <= each <= _LONGEST:
            raise InvalidArgument("lengths", f"whole numbers from 1 to {_LONGEST}", each)
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(each, dtype=np.float32).cumsum() for each in lengths]
