"""Three implementations compared, and sequences of different lengths in one batch, against torch.nn one by one."""

import pickle

import numpy as np
import pytest
import torch
from torch import nn

from lstm_core.errors import InvalidArgument
from lstm_core.experiments import three_ways, variable_length
from lstm_core.experiments.first_model import FirstModel
from lstm_core.network import recurrent
from lstm_core.network.weights import Weights
from tests.helpers.slices import begun

LENGTHS = (4, 1, 6, 4)


def test_the_three_ways_are_those_of_recurrent():
    assert three_ways.IMPLEMENTATIONS == recurrent.IMPLEMENTATIONS


def test_outputs_and_gradients_agree_within_rounding_and_are_not_compared_with_themselves():
    found = pickle.loads(pickle.dumps(three_ways.compare(16, 2, 20, 4, seed=1)))
    assert len(found.outputs) == len(found.gradients) == 6
    for (kind, _, _), difference in found.outputs.items():
        assert difference < (1e-12 if kind == "float64" else 1e-6)
    for (kind, _, _), difference in found.gradients.items():
        assert 0 < difference < (1e-12 if kind == "float64" else 1e-4)


def test_the_gradients_compared_are_torch_nns():
    sizes = three_ways.Sizes(hidden_size=4, window_length=5, batch_size=3)
    torch.manual_seed(0)
    network = nn.LSTM(1, 4, batch_first=True)
    x = torch.randn(3, 5, 1, requires_grad=True)
    hidden = network(x)[0]
    (hidden**2).sum(dim=(1, 2)).mean().backward()
    for implementation in three_ways.IMPLEMENTATIONS:
        ours = three_ways._run(three_ways._network(sizes, implementation), x.detach(), 3)
        expected = [hidden, x.grad, *(each.grad for each in network.parameters())]
        for one, other in zip(ours, expected, strict=True):
            torch.testing.assert_close(one, other, rtol=1e-5, atol=1e-6)


def test_a_large_network_is_compared_some_sequences_at_a_time_and_the_numbers_are_the_same():
    whole = three_ways.comparing(8, 1, 20, 4, seed=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(three_ways, "_ACTIVATIONS_AT_ONCE", 3 * 8 * 20)
        parts = three_ways.comparing(8, 1, 20, 4, seed=1)
    assert len(parts.calls) - len(whole.calls) == 6
    one, other = whole.all_at_once(), parts.all_at_once()
    for name, difference in one.gradients.items():
        assert 0 < other.gradients[name] < 10 * difference
    numbers = three_ways._whole(tuple(call() for call in parts.calls[:2]))
    for mine, its in zip(whole.calls[0](), numbers, strict=True):
        np.testing.assert_allclose(mine, its, rtol=0, atol=1e-14)


def test_times_are_taken_in_turns_and_told_as_ratios():
    found = three_ways.compare(8, 1, 10, 4, seed=0)
    assert [timing.device for timing in found.timings] == ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]
    seconds = found.timings[0].seconds
    assert set(seconds) == {"fused", "cell", "scratch"}
    assert len({len(each) for each in seconds.values()}) == 1
    assert all((each > 0).all() for each in seconds.values())
    by_hand = three_ways.Timing("cpu", {"fused": np.array([1.0, 2.0, 4.0]), "cell": np.array([3.0, 4.0, 20.0])})
    assert by_hand.median("cell") == 4
    assert by_hand.ratio("cell") == 3
    assert by_hand.ratio("fused") == 1


def test_sizes_out_of_bounds_are_refused():
    with pytest.raises(InvalidArgument, match="hidden_size must be a whole number from 1 to 256; got 0"):
        three_ways.compare(0, 1, 10, 4, 0)


def test_packed_and_masked_batches_answer_as_one_by_one():
    found = variable_length.compare(LENGTHS, seed=2)
    torch.manual_seed(2)
    network, head = nn.LSTM(1, 50), nn.Linear(50, 1)
    rng = np.random.default_rng(2)
    sequences = [rng.standard_normal(length, dtype=np.float32).cumsum() for length in LENGTHS]
    with torch.no_grad():
        expected = [head.double()(network.double()(torch.tensor(s).double()[:, None])[0][-1]).item() for s in sequences]
    for answers in (found.one_by_one, found.packed, found.masked):
        np.testing.assert_allclose(answers, expected, rtol=0, atol=1e-6)
    shorter = found.lengths < 6
    assert (np.abs(found.after_padding - expected)[shorter] > 1e-4).all()
    assert found.after_padding[~shorter] == pytest.approx(np.array(expected)[~shorter], abs=1e-6)


def test_padding_mask_and_packing_by_hand():
    found = variable_length.compare(LENGTHS)
    assert found.lengths.tolist() == [4, 1, 6, 4]
    assert found.mask.astype(int).tolist() == [[1, 1, 1, 1, 0, 0], [1, 0, 0, 0, 0, 0], [1] * 6, [1, 1, 1, 1, 0, 0]]
    assert (found.padded[~found.mask] == 0).all()
    assert (found.padded[found.mask] != 0).all()
    assert found.lengths[found.order].tolist() == [6, 4, 4, 1]
    assert found.batch_sizes.tolist() == [4, 3, 3, 3, 1, 1]
    by_timestep = [found.padded[row, t] for t in range(6) for row in found.order if found.mask[row, t]]
    np.testing.assert_array_equal(found.packed_values, by_timestep)
    assert found.targets == pytest.approx(
        [row[:length].mean() for row, length in zip(found.padded, LENGTHS, strict=True)], abs=1e-6
    )


def in_float64(weights: Weights) -> tuple[nn.LSTM, nn.Linear]:
    network, head = nn.LSTM(1, 50, batch_first=True).double(), nn.Linear(50, 1).double()
    network.load_state_dict({name: torch.tensor(value) for name, value in weights.items() if "head" not in name})
    head.load_state_dict({"weight": torch.tensor(weights["head.weight"]), "bias": torch.tensor(weights["head.bias"])})
    return network, head


def test_the_hidden_states_of_each_way_are_torchs():
    """With weights of its own; in float64 each sequence alone, the padded batch whole, and torch's unpacked batch."""
    weights = begun(FirstModel(seed=5)).weights
    found = pickle.loads(pickle.dumps(variable_length.compare(LENGTHS, 3, weights)))
    network, head = in_float64(weights)
    padded = torch.tensor(found.padded).double()[..., None]
    packing = nn.utils.rnn.pack_padded_sequence(padded, torch.tensor(LENGTHS), batch_first=True, enforce_sorted=False)
    with torch.no_grad():
        over_padding = network(padded)[0]
        unpacked = nn.utils.rnn.pad_packed_sequence(network(packing)[0], batch_first=True)[0].numpy()
        np.testing.assert_allclose(found.in_padded.hidden, over_padding, rtol=0, atol=1e-6)
        np.testing.assert_allclose(found.in_padded.outputs, head(over_padding)[..., 0], rtol=0, atol=1e-6)
        for row, length in enumerate(LENGTHS):
            alone = network(padded[row, :length])[0]
            for ran in (found.alone, found.in_packed):
                np.testing.assert_allclose(ran.hidden[row, :length], alone, rtol=0, atol=1e-6)
                np.testing.assert_allclose(ran.outputs[row, :length], head(alone)[:, 0], rtol=0, atol=1e-6)
            np.testing.assert_allclose(found.in_packed.hidden[row, :length], unpacked[row, :length], rtol=0, atol=1e-6)
    for ran in (found.alone, found.in_packed):
        assert np.array_equal(np.isnan(ran.outputs), ~found.mask)
        assert np.array_equal(np.isnan(ran.hidden).all(axis=2), ~found.mask)
        assert np.array_equal(np.isnan(ran.hidden).any(axis=2), ~found.mask)
    shorter = found.lengths < 6
    assert (np.abs(found.in_padded.hidden[shorter, -1]).max(axis=1) > 1e-3).all()  # it runs on over zeros
    assert found.difference == max(np.abs(each - found.one_by_one).max() for each in (found.packed, found.masked))
    np.testing.assert_array_equal(found.after_padding, found.in_padded.outputs[:, -1])


@pytest.mark.parametrize("lengths", [(), (3, 0), (3, 2.5), (201,), (1,) * 65])
def test_lengths_out_of_bounds_are_refused(lengths):
    with pytest.raises(InvalidArgument, match="lengths must be"):
        variable_length.compare(lengths)
