"""Stacked with dropout: two layers of 128 units, dropout between them and after the last, Adam, squared error."""

from dashboard.pages.experiments import trained
from dashboard.pages.experiments.trained import Preset
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.session.browser_tab import BrowserTab
from dashboard.session.link import DataChoice
from dashboard.texts import say
from lstm_core.formatting import percent
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.training.windows import Windows
from lstm_core.work.judging import Judgement

NAME = "stacked"
SETTINGS = Hyperparameters(
    num_layers=2, hidden_size=128, dropout=0.2, output_dropout=0.2, optimizer="adam", loss="mse", epochs=20
)


def show(tab: BrowserTab) -> None:
    trained.show(tab, Preset(NAME, SETTINGS, (DataChoice(),), explain))


def explain(viewed: ViewedRun, windows: Windows, judgement: Judgement) -> list[str]:
    settings = viewed.hyperparameters
    first, second = percent(settings.dropout, 0), percent(settings.output_dropout, 0)
    return [say("experiment_trained.dropout", first=first, second=second)]
