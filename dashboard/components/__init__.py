"""What the browser shows, Python's half: each component is described here, and component.py mounts them all."""

from dashboard.components.delivery import Delivered
from dashboard.components.film import Film
from dashboard.components.inside_data import ClampedTest, Explained, Matched, Network, Training
from dashboard.components.stage import STAGE, Question, StageEvents
from dashboard.components.stage_content import (
    Chart,
    Chosen,
    Forecast,
    Losses,
    Predictions,
    StageContent,
    Status,
    Verdict,
)

__all__ = [
    "STAGE",
    "Chart",
    "Chosen",
    "ClampedTest",
    "Delivered",
    "Explained",
    "Film",
    "Forecast",
    "Losses",
    "Matched",
    "Network",
    "Predictions",
    "Question",
    "StageContent",
    "StageEvents",
    "Status",
    "Training",
    "Verdict",
]
