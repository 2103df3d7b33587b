"""The stage: one browser component with one clock. Python describes a scene; JavaScript plays it."""

from dashboard.stage.component import Delivered, StageEvents, stage
from dashboard.stage.scene import Chart, Film, Forecast, Frame, Losses, Network, Predictions, Scene, Status

__all__ = [
    "Chart",
    "Delivered",
    "Film",
    "Forecast",
    "Frame",
    "Losses",
    "Network",
    "Predictions",
    "Scene",
    "StageEvents",
    "Status",
    "stage",
]
