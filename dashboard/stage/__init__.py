"""The stage: one browser component with one clock. Python describes a scene; JavaScript plays it."""

from dashboard.stage.component import Message, Question, StageEvents, message, stage
from dashboard.stage.delivery import Delivered
from dashboard.stage.film import Film, Frame
from dashboard.stage.inside_scene import Explained, HeldTest, Matched, Network, Training
from dashboard.stage.scene import Chart, Chosen, Forecast, Losses, Predictions, Scene, Status, Verdict

__all__ = [
    "Chart",
    "Chosen",
    "Delivered",
    "Explained",
    "Film",
    "Forecast",
    "Frame",
    "HeldTest",
    "Losses",
    "Matched",
    "Message",
    "Network",
    "Predictions",
    "Question",
    "Scene",
    "StageEvents",
    "Status",
    "Training",
    "Verdict",
    "message",
    "stage",
]
