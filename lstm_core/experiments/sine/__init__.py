"""Learn a sine, then go on with it alone: every forecast is the next input.

Two ways to train: ``stateful`` walks through the series chunk by chunk, carrying the hidden states over and cutting
the gradient between chunks (truncated backpropagation through time); ``windowed`` draws windows and begins each from
zero. Source: Williams and Peng 1990 (truncation).
"""

from collections.abc import Mapping

from lstm_core.experiments.sine.task import (
    CHUNKS,
    MODES,
    PERIODS,
    ChunkStates,
    FreeRun,
    Sine,
    in_first_half,
    naive_scores,
)
from lstm_core.network.weights import Weights

__all__ = [
    "CHUNKS",
    "MODES",
    "PERIODS",
    "ChunkStates",
    "FreeRun",
    "Sine",
    "chunk_states",
    "chunk_states_of",
    "free_run",
    "in_first_half",
    "naive_scores",
]


def free_run(settings: Sine, weights: Weights, periods: int = PERIODS) -> FreeRun:
    """Read what the training read (windowed: the last window alone), then run on over so many periods."""
    from lstm_core.experiments.sine.problem import SineProblem

    return SineProblem(settings, weights).free_run(periods)


def chunk_states(settings: Sine, weights: Weights | None = None, chunks: int = CHUNKS) -> ChunkStates:
    """Hidden states over the first chunks in both ways; weights None: those that training begins with."""
    from lstm_core.experiments.sine.problem import SineProblem

    return SineProblem(settings, weights).chunk_states(min(chunks, settings.chunks))


def chunk_states_of(networks: Mapping[str, tuple[Sine, Weights | None]]) -> dict[str, ChunkStates]:
    """`chunk_states` of several networks, by name."""
    return {name: chunk_states(settings, weights) for name, (settings, weights) in networks.items()}
