"""The number of parameters against torch.nn, and networks of other cells that are equally large."""

from dataclasses import replace

import pytest
import torch

from lstm_core.hyperparameters import Resolved
from lstm_core.network.cells import CELLS
from lstm_core.network.size import each_cell, equally_large, parameter_count

SETTINGS = Resolved(inputs=("log_return", "relative"), target="log_return", hidden_size=7)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("hidden", "layers"), [(1, 1), (7, 1), (7, 3), (33, 2)])
def test_counts_what_torch_counts(cell, hidden, layers):
    """And of a peephole LSTM, which is not there, three more a unit than of its LSTM."""
    network = getattr(torch.nn, cell.removeprefix("Peephole"))(2, hidden, layers)
    head = torch.nn.Linear(hidden, 1)
    counted = sum(each.numel() for module in (network, head) for each in module.parameters())
    if cell == "PeepholeLSTM":
        counted += 3 * hidden * layers
    assert parameter_count(replace(SETTINGS, cell=cell, hidden_size=hidden, num_layers=layers)) == counted


def test_equally_large_by_hand():
    """Two features: an LSTM of 32 units has 4*32*(2+32+2) + 33 = 4641; a GRU of 37 has 3*37*41 + 38 = 4589 and of 38
    3*38*42 + 39 = 4827, so 37 is nearer; an RNN of 66 has 66*70 + 67 = 4687, of 65 65*69 + 66 = 4551: 66 is nearer.

    With peepholes the LSTM of 32 has 3*32 = 96 more, which is nearer than 31: 4*31*(2+31+2) + 3*31 + 32 = 4465."""
    lstm = replace(SETTINGS, hidden_size=32)
    assert [each.hidden_size for each in each_cell(lstm, by_parameters=True)] == [32, 37, 66, 32]


@pytest.mark.parametrize("layers", [1, 2])
def test_no_other_size_is_nearer(layers):
    lstm = replace(SETTINGS, hidden_size=20, num_layers=layers)
    gru = equally_large(lstm, "GRU")
    off = [
        abs(parameter_count(replace(gru, hidden_size=gru.hidden_size + by)) - parameter_count(lstm))
        for by in (-1, 0, 1)
    ]
    assert off[1] == min(off)


def test_equal_hidden_size_changes_the_cell_alone():
    assert each_cell(SETTINGS, by_parameters=False) == tuple(replace(SETTINGS, cell=cell) for cell in CELLS)
