"""History: what the epochs of a training have reported, as arrays. Imports no torch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_core.training.checkpoint import EpochReport


def _none_yet() -> np.ndarray:
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class History:
    """Of epochs 1 to E, each (E,): train, the losses; scores by name; seconds of a worker; steps, the gradient steps
    since the training began; gradient_norm, the largest before clipping. initial: the scores before the first epoch."""

    train: np.ndarray = field(default_factory=_none_yet)
    scores: Mapping[str, np.ndarray] = field(default_factory=dict)
    seconds: np.ndarray = field(default_factory=_none_yet)
    steps: np.ndarray = field(default_factory=_none_yet)
    gradient_norm: np.ndarray = field(default_factory=_none_yet)
    initial: Mapping[str, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.train)

    @property
    def validation(self) -> np.ndarray:
        """Validation losses (E,), of a problem that has them."""
        return self.scores.get("loss", np.empty(0))

    def extended(self, reports: Sequence[EpochReport]) -> "History":
        """With these epochs too; a report of epoch 0 is the one before the first."""
        initial = next((report.scores for report in reports if not report.epoch), self.initial)
        more = [report for report in reports if report.epoch]
        names = dict.fromkeys([*initial, *self.scores])
        return History(
            np.append(self.train, [report.train_loss for report in more]),
            {
                name: np.append(self.scores.get(name, _none_yet()), [each.scores[name] for each in more])
                for name in names
            },
            np.append(self.seconds, [report.seconds for report in more]),
            np.append(self.steps, [report.steps for report in more]),
            np.append(self.gradient_norm, [report.gradient_norm for report in more]),
            initial,
        )

    def curve(self, score: str, against: str = "steps") -> tuple[np.ndarray, np.ndarray]:
        """A score from before the first epoch on, (E + 1,) twice: against ``steps``, or ``seconds`` of a worker."""
        x = self.steps if against == "steps" else np.cumsum(self.seconds)
        return np.append(0.0, x), np.append(self.initial[score], self.scores[score])

    def newest(self, score: str) -> float:
        """The last epoch's score, or the one before the first."""
        return float(self.scores[score][-1]) if len(self) else self.initial[score]
