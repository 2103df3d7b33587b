"""The stage: one browser component with one clock. Python describes a scene; JavaScript plays it."""

from dashboard.components.delivery import Delivered
from dashboard.components.film import Film, Frame
from dashboard.components.inside_scene import Explained, HeldTest, Matched, Network, Training
from dashboard.components.scene import Chart, Chosen, Forecast, Losses, Predictions, Scene, Status, Verdict
from dashboard.components.stage import Message, Question, StageEvents, message, stage

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
