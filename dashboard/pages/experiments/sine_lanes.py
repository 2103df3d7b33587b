"""The hidden states at the chunks' boundaries as lanes: carried over, and begun from zero, by the same weights."""

from collections.abc import Mapping

import numpy as np

from dashboard.components.sequences import Lanes, Row, Way
from lstm_core.experiments.sine import ChunkStates

UNTRAINED = "untrained"
_ABOUT = {
    UNTRAINED: "PyTorch's random weights, before any training.",
    "stateful": "Weights trained with states carried over from chunk to chunk.",
    "windowed": "Weights trained on windows that each begin from zero.",
}
_SAME = (
    " Both rows read the same values with the same weights. Carried over, h and c go on as if there were no boundary; "
    "only the gradient is cut there (detach). Begun from zero, the network has to find its phase again."
)


def lanes_of(found: Mapping[str, ChunkStates]) -> Lanes:
    """found: network (untrained, stateful, windowed) -> its states."""
    chunks = next(iter(found.values()))
    timesteps = len(chunks.values)
    return Lanes(
        kind="chunks",
        rows=[
            Row("Stateful", "states carried over", timesteps),
            Row("Windowed", "each chunk from zero", timesteps, restarts=True),
        ],
        ways=[_way(name, states) for name, states in found.items()],
        values=np.stack([chunks.values] * 2),
        lengths=[timesteps] * 2,
        boundaries=chunks.boundaries,
        first=next((name for name in found if name != UNTRAINED), UNTRAINED),
    )


def _way(name: str, states: ChunkStates) -> Way:
    label = "Untrained" if name == UNTRAINED else f"Trained {name}"
    hidden = np.stack([states.carried, states.restarted])
    outputs = np.stack([states.carried_forecast, states.restarted_forecast])
    return Way(name, label, _ABOUT[name] + _SAME, "", hidden, outputs, order=[0, 1])
