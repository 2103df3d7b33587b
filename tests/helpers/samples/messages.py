"""One message of each component with everything in it, as the app sends it: for the types that its browser half has."""

from dataclasses import replace
from typing import Any

import numpy as np

from dashboard.components import STAGE, ClampedTest, Delivered, Explained, Matched, Network, StageContent
from dashboard.components.compare import COMPARE, Column, Comparison, Judged
from dashboard.components.one_unit import ONE_UNIT
from dashboard.components.sequences import SEQUENCES
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.network.forecaster import build, save_weights
from lstm_core.training.windows import resolved
from tests.helpers.samples.sequences import chunks_lanes, lengths_lanes
from tests.helpers.series import wave
from tests.helpers.slices import train_one_unit
from tests.helpers.stage_content import D, T, a_chart, a_content, a_film

_WHOSE: dict[str, Any] = {"run": "run", "epoch": 2}


def messages() -> dict[str, bytes]:
    """By component, and by kind where one has several."""
    sent = {
        "stage": STAGE.message(_everything(), "stage", Delivered(number=1), is_still=True),
        "compare": COMPARE.message(_comparison(), "compare", Delivered(), is_still=True),
        "one_unit": ONE_UNIT.message(train_one_unit(1, 20, 0.1), "smallest", Delivered(), is_still=True),
        "lengths": SEQUENCES.message(lengths_lanes(), "lengths", Delivered(), is_still=True),
        "chunks": SEQUENCES.message(chunks_lanes(), "chunks", Delivered(), is_still=True),
    }
    return {name: message.data for name, message in sent.items()}


def _everything() -> StageContent:
    return a_content(
        1,
        2.5,
        page="inside",
        window=(14, T),
        epoch=2.5,
        network=_network(),
        explanation=Explained(**_WHOSE, film="run:19", input_gradients=np.ones((T, D)), gradient_norms=np.ones((2, T))),
        clamped_test=ClampedTest(**_WHOSE, asked="[]", days=9, rmse=3, rmse_free=2, rmse_naive=1, **_SURE),
        matches=Matched(**_WHOSE, asked="{}", first=np.array([1]), last=np.array([4]), days=30, active=6),
    )


_SURE: dict[str, Any] = {"sure_free": "may be chance", "sure_naive": "hardly chance"}


def _network() -> Network:
    """Of that cell whose weights have names of their own."""
    settings = resolved(Hyperparameters(cell="PeepholeLSTM", hidden_size=3, window_length=8, burn_in=2), wave(120))
    kinds = dict.fromkeys((*settings.inputs, settings.target), (0.0, 1.0))
    weights = save_weights(build(settings))
    return Network(
        **_WHOSE, cell=settings.cell, weights=weights, inputs=settings.inputs, target=settings.target, scales=kinds
    )


def _comparison() -> Comparison:
    losses = a_content(1).losses
    assert losses is not None
    judged = Judged(epoch=2, days=10, rmse=0.5, naive=0.4, skill=-0.25, sure="may be chance")
    told = {"cell": "LSTM", "parameters": 9, "planned": 8}
    trained = Column(
        id="0", name="LSTM", film=a_film(1, 2), epoch=1, losses=losses, seconds=np.ones(3), judged=judged, **told
    )
    begun = replace(trained, id="1", film=None, epoch=None, losses=None, seconds=np.empty(0), judged=None)
    return Comparison(chart=a_chart(), columns=[trained, begun])
