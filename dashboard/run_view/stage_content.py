"""What the page knows -> what the stage plays; pure functions."""

from dataclasses import replace
from typing import Any

from dashboard import components as stage
from dashboard.run_view import verdict
from dashboard.run_view.inside import Inside
from dashboard.run_view.viewed_run import ViewedRun
from dashboard.run_view.viewing import RunView
from dashboard.texts import say
from dashboard.texts.sentences import sentence_of
from dashboard.texts.training import progress
from lstm_core.data.series import Series
from lstm_core.data.steps import short_step_of
from lstm_core.forecasting.moves import largest_move
from lstm_core.hyperparameters import Resolved
from lstm_core.jobs import Job, JobState
from lstm_core.network.cells import CELLS
from lstm_core.training.windows import Windows
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.snapshots import Film

_STATES = {None: "idle", JobState.STOPPED_EARLY: "finished"}  # what the browser calls them, where it is otherwise
_INPUTS = {"log_return": "return", "level": "level", "relative": "change"}


def of_view(view: RunView, page: str = "forecast", chosen: stage.Chosen | None = None) -> stage.StageContent:
    """Predictions may be of another epoch than the film's last: the stage says which epoch each is of."""
    viewed, judgement = view.viewed, view.judgement
    return stage.StageContent(
        chart=chart(viewed.series, view.windows),
        page=page,
        epoch=view.epoch if viewed.is_still and viewed.kept else None,
        chosen=chosen or stage.Chosen(),
        window=(view.end + 1 - view.windows.length, view.windows.length),
        predictions=view.predictions and _predictions(view.predictions),
        forecast=_forecast(judgement) if judgement and viewed.is_still else None,
        film=view.film and film_of(viewed, view.windows, view.film, view.film.cell_state_bound),
        network=_network(view) if page == "inside" else None,
        **(_answers(view, view.inside) if view.inside else {}),
        losses=losses(viewed) if len(viewed.epochs) else None,
        verdict=_verdict(viewed, judgement),
        status=_status(view),
    )


def chart(series: Series, windows: Windows) -> stage.Chart:
    return stage.Chart(
        id=series.fingerprint,
        title=series.title,
        unit=series.unit,
        dates=series.dates,
        price=series.values,
        train_stop=windows.bounds["train"][1],
        validation_stop=windows.bounds["validation"][1],
        step=short_step_of(series.dates),  # short, as in the fields' labels
    )


def film_id(viewed: ViewedRun, end: int) -> str:
    return f"{viewed.id}:{end}"


def film_of(viewed: ViewedRun, windows: Windows, film: Film, bound: float) -> stage.Film:
    """``bound``: of the cell state's colours. Before a worker has traced the kept epochs it is one picture alone."""
    facts = film.facts
    return stage.Film(
        id=film_id(viewed, facts.end),
        run=viewed.id,
        cell=viewed.hyperparameters.cell,
        window_start=facts.end + 1 - windows.length,
        snapshots=film.snapshots,
        input_names=[_INPUTS[name] for name in viewed.hyperparameters.inputs],
        target_price=facts.target_values,
        naive_price=facts.naive_values,
        target=facts.target,
        training=_training(viewed.hyperparameters, windows),
        largest_move=largest_move(windows, facts.end),
        cell_state_bound=bound if CELLS[viewed.hyperparameters.cell].has_cell_state else None,
        first_end=windows.first_end,
        is_whole=viewed.is_still and len(film.snapshots) >= min(2, len(viewed.kept)),
    )


def _status(view: RunView) -> stage.Status:
    told = status(view.viewed, view.job)
    return replace(told, progress=say("page.working")) if view.is_waiting and not told.progress else told


def status(viewed: ViewedRun, job: Job | None = None) -> stage.Status:
    """With a job: how far it is, until it has ended."""
    state, said = _STATES.get(viewed.state) or str(viewed.state), sentence_of(viewed.explanation)
    judged = viewed.epoch if viewed.is_still and not viewed.is_untrained else None
    cell = viewed.hyperparameters.cell
    if job is None or job.has_ended:
        last = "" if viewed.is_untrained else said
        return stage.Status(state=state, message=said, epoch=judged, progress=last, cell=cell)
    planned = job.hyperparameters.epochs
    so_far = progress(job.state, job.epoch, planned, job.seconds_left, job.place)
    share = min(job.share, 1.0)
    return stage.Status(state=state, message=said, epoch=judged, progress=so_far, share=share, cell=cell)


def _training(hyperparameters: Resolved, windows: Windows) -> stage.Training:
    return stage.Training(
        batch_size=hyperparameters.batch_size,
        windows=windows.epoch_size,
        dropout=hyperparameters.dropout,
        output_dropout=hyperparameters.output_dropout,
        first_scored=hyperparameters.first_scored,
    )


def _predictions(predictions: Predictions) -> stage.Predictions:
    return stage.Predictions(
        epoch=predictions.epoch, positions=predictions.days, price=predictions.values, naive=predictions.naive
    )


def _forecast(judgement: Judgement) -> stage.Forecast | None:
    ahead = judgement.forecast
    if ahead is None:
        return None
    return stage.Forecast(
        dates=ahead.dates,
        price=ahead.values,
        lower=ahead.lower,
        upper=ahead.upper,
        naive=ahead.naive,
        level=ahead.level,
    )


def _verdict(viewed: ViewedRun, judgement: Judgement | None) -> stage.Verdict | None:
    """While it trains, what can be said so far; nothing of a network that has not begun to."""
    if judgement is None:
        return None if viewed.is_untrained else stage.Verdict(short="", sentences=[verdict.headline(viewed, None)])
    sentences = [*verdict.sentences(viewed, judgement), verdict.direction(viewed, judgement.evaluation)]
    return stage.Verdict(short=verdict.short(viewed, judgement), sentences=sentences)


def _network(view: RunView) -> stage.Network | None:
    if view.weights is None:
        return None
    epoch, weights = view.weights
    hyperparameters = view.viewed.hyperparameters
    return stage.Network(
        run=view.viewed.id,
        epoch=epoch,
        cell=hyperparameters.cell,
        weights=weights,
        inputs=hyperparameters.inputs,
        target=hyperparameters.target,
        scales=view.windows.scales,
    )


def _answers(view: RunView, found: Inside) -> dict[str, Any]:
    whose: dict[str, Any] = {"run": view.viewed.id, "epoch": found.epoch}
    answers: dict[str, Any] = {}
    if found.explanation:
        told = found.explanation
        film = film_id(view.viewed, told.end)
        gradients: dict[str, Any] = {name: getattr(told, name) for name in ("input_gradients", "gradient_norms")}
        answers["explanation"] = stage.Explained(**whose, film=film, **gradients)
    if found.clamped:
        asked, clamped = found.clamped
        errors = {name: getattr(clamped, name) for name in ("days", "rmse", "rmse_free", "rmse_naive")}
        sure: dict[str, Any] = {
            "sure_free": verdict.in_short(clamped.against_free),
            "sure_naive": verdict.in_short(clamped.against_naive),
        }
        answers["clamped_test"] = stage.ClampedTest(**whose, asked=asked, **errors, **sure)
    if found.matches:
        asked, matches = found.matches
        counts = {name: getattr(matches, name) for name in ("first", "last", "days", "active")}
        answers["matches"] = stage.Matched(**whose, asked=asked, **counts)
    return answers


def losses(viewed: ViewedRun) -> stage.Losses:
    return stage.Losses(
        epochs=viewed.epochs,
        train=viewed.train,
        validation=viewed.validation,
        naive=viewed.naive_loss,
        best_epoch=viewed.best_epoch,
        best_loss=viewed.best_loss,
        kept_epochs=sorted(viewed.kept),
        planned_epochs=viewed.hyperparameters.epochs,
    )
