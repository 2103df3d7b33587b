"""The hidden states at the chunks' boundaries as lanes: carried over, and begun from zero, by the same weights."""

from collections.abc import Mapping

import numpy as np

from dashboard.components.sequences import Lanes, Row, Way
from dashboard.texts import say
from lstm_core.experiments.sine import ChunkStates

UNTRAINED = "untrained"


def lanes_of(found: Mapping[str, ChunkStates]) -> Lanes:
    """found: network (untrained, stateful, windowed) -> its states."""
    chunks = next(iter(found.values()))
    timesteps = len(chunks.values)
    return Lanes(
        kind="chunks",
        rows=[
            Row(say("experiment_sine.row_stateful"), say("experiment_sine.row_stateful_note"), timesteps),
            Row(
                say("experiment_sine.row_windowed"),
                say("experiment_sine.row_windowed_note"),
                timesteps,
                restarts=True,
            ),
        ],
        ways=[_way(name, states) for name, states in found.items()],
        values=np.stack([chunks.values] * 2),
        lengths=[timesteps] * 2,
        boundaries=chunks.boundaries,
        first=next((name for name in found if name != UNTRAINED), UNTRAINED),
    )


def _way(name: str, states: ChunkStates) -> Way:
    label = say(f"experiment_sine.way_{name}")
    about = say("experiment_sine.both_rows", weights=say(f"experiment_sine.about_{name}"))
    hidden = np.stack([states.carried, states.restarted])
    outputs = np.stack([states.carried_forecast, states.restarted_forecast])
    return Way(name, label, about, hidden, outputs, order=[0, 1])
