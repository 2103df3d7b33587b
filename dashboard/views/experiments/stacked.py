"""Stacked with dropout: two layers of 128 units, dropout between them and after the last, Adam, squared error."""

from dashboard.run_view.subject import Subject
from dashboard.session.link import DataChoice
from dashboard.session.visit import Visit
from dashboard.views.experiments import trained
from dashboard.views.experiments.trained import Preset
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.training.windows import Windows
from lstm_core.work.judging import Judgement

NAME = "stacked"
SETTINGS = Hyperparameters(
    num_layers=2, hidden_size=128, dropout=0.2, output_dropout=0.2, optimizer="adam", loss="mse", epochs=20
)


def show(visit: Visit) -> None:
    trained.show(visit, Preset(NAME, SETTINGS, (DataChoice(),), explain))


def explain(subject: Subject, windows: Windows, judgement: Judgement) -> list[str]:
    settings = subject.hyperparameters
    return [
        f"**Dropout was on in training alone:** at each gradient step {settings.dropout:.0%} of the first layer's "
        f"outputs and {settings.output_dropout:.0%} of the second's were dropped. So the training loss is that of a "
        "thinned network, and validation, test and every picture use all units."
    ]
