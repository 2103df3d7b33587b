"""The stage: one browser component with one clock. Python says what it shows; JavaScript plays it."""

from dashboard.components.delivery import Delivered
from dashboard.components.film import Film, Snapshot
from dashboard.components.inside_data import ClampedTest, Explained, Matched, Network, Training
from dashboard.components.stage import Message, Question, StageEvents, message, stage
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
    "Chart",
    "Chosen",
    "ClampedTest",
    "Delivered",
    "Explained",
    "Film",
    "Forecast",
    "Losses",
    "Matched",
    "Message",
    "Network",
    "Predictions",
    "Question",
    "Snapshot",
    "StageContent",
    "StageEvents",
    "Status",
    "Training",
    "Verdict",
    "message",
    "stage",
]
