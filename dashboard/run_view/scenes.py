"""What the page knows -> the scene that the stage plays; pure functions."""

from dataclasses import replace
from typing import Any

from dashboard import components as stage
from dashboard.run_view import verdict
from dashboard.run_view.inside import Inside
from dashboard.run_view.looks import Look
from dashboard.run_view.subject import Subject
from dashboard.texts import page as words
from dashboard.texts.sentences import plain
from lstm_core.data.series import Series
from lstm_core.data.steps import short_step_of
from lstm_core.forecasting.moves import largest_move
from lstm_core.hyperparameters import Hyperparameters
from lstm_core.jobs import Job
from lstm_core.network.cells import CELLS
from lstm_core.training.windows import Windows
from lstm_core.work.judging import Judgement, Predictions
from lstm_core.work.pictures import Film, Picture

_STATES = {"stopped_early": "finished"}
_INPUTS = {"log_return": "return", "level": "level", "relative": "change"}


def scene(look: Look, page: str = "forecast", chosen: stage.Chosen | None = None) -> stage.Scene:
    """Predictions may be of another epoch than the film's last: the stage says which epoch each is of."""
    subject, judgement = look.subject, look.judgement
    return stage.Scene(
        chart=chart(subject.series, look.windows),
        page=page,
        epoch=look.epoch if subject.is_still and subject.kept else None,
        chosen=chosen or stage.Chosen(),
        window=(look.end + 1 - look.windows.length, look.windows.length),
        predictions=look.predictions and _predictions(look.predictions),
        forecast=_forecast(judgement) if judgement and subject.is_still else None,
        film=look.film and film_of(subject, look.windows, look.film, look.film.cell_state_bound),
        network=_network(look) if page == "inside" else None,
        **(_answers(look, look.inside) if look.inside else {}),
        losses=losses(subject) if len(subject.epochs) else None,
        verdict=_verdict(subject, judgement),
        status=_status(look),
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


def film_id(subject: Subject, end: int) -> str:
    return f"{subject.id}:{end}"


def film_of(subject: Subject, windows: Windows, film: Film, bound: float) -> stage.Film:
    """``bound``: of the cell state's colours. Before a worker has traced the kept epochs it is one picture alone."""
    facts = film.facts
    return stage.Film(
        id=film_id(subject, facts.end),
        run=subject.id,
        cell=subject.hyperparameters.cell,
        window_start=facts.end + 1 - windows.length,
        frames=[_frame(picture) for picture in film.pictures],
        input_names=[_INPUTS[name] for name in subject.hyperparameters.inputs],
        target_price=facts.target_values,
        naive_price=facts.naive_values,
        target=facts.target,
        training=_training(subject.hyperparameters, windows),
        largest_move=largest_move(windows, facts.end),
        cell_state_bound=bound if CELLS[subject.hyperparameters.cell].has_cell_state else None,
        first_end=windows.first_end,
        is_whole=subject.is_still and len(film.pictures) >= min(2, len(subject.kept)),
    )


def _status(look: Look) -> stage.Status:
    told = status(look.subject, look.job)
    return replace(told, progress=words.WORKING) if look.is_waiting and not told.progress else told


def status(subject: Subject, job: Job | None = None) -> stage.Status:
    """With a job: how far it is, until it has ended."""
    state, said = _STATES.get(subject.state, subject.state), plain(subject.explanation)
    judged = subject.epoch if subject.is_still and not subject.is_untrained else None
    cell = subject.hyperparameters.cell
    if job is None or job.has_ended:
        progress = "" if subject.is_untrained else said
        return stage.Status(state=state, message=said, epoch=judged, progress=progress, cell=cell)
    planned = job.hyperparameters.epochs
    progress = words.progress(job.state, job.epoch, planned, job.seconds_left, job.place)
    share = min(job.share, 1.0)
    return stage.Status(state=state, message=said, epoch=judged, progress=progress, share=share, cell=cell)


def _training(hyperparameters: Hyperparameters, windows: Windows) -> stage.Training:
    return stage.Training(
        batch_size=hyperparameters.batch_size,
        windows=windows.epoch_size,
        dropout=hyperparameters.dropout,
        output_dropout=hyperparameters.output_dropout,
        first_scored=hyperparameters.first_scored,
    )


def _frame(picture: Picture) -> stage.Frame:
    return stage.Frame(
        epoch=picture.epoch,
        trace=picture.trace,
        prediction_price=picture.values,
        head_weight=picture.head_weight,
        head_bias=picture.head_bias,
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


def _verdict(subject: Subject, judgement: Judgement | None) -> stage.Verdict | None:
    """While it trains, what can be said so far; nothing of a network that has not begun to."""
    if judgement is None:
        return None if subject.is_untrained else stage.Verdict(short="", sentences=[verdict.headline(subject, None)])
    sentences = [*verdict.sentences(subject, judgement), verdict.direction(judgement.evaluation)]
    return stage.Verdict(short=verdict.short(subject, judgement), sentences=sentences)


def _network(look: Look) -> stage.Network | None:
    if look.weights is None:
        return None
    epoch, weights = look.weights
    hyperparameters = look.subject.hyperparameters
    return stage.Network(
        run=look.subject.id,
        epoch=epoch,
        cell=hyperparameters.cell,
        weights=weights,
        inputs=hyperparameters.inputs,
        target=hyperparameters.target,
        scales=look.windows.scales,
    )


def _answers(look: Look, found: Inside) -> dict[str, Any]:
    whose: dict[str, Any] = {"run": look.subject.id, "epoch": found.epoch}
    answers: dict[str, Any] = {}
    if found.explanation:
        told = found.explanation
        film = film_id(look.subject, told.end)
        gradients: dict[str, Any] = {name: getattr(told, name) for name in ("input_gradients", "gradient_norms")}
        answers["explanation"] = stage.Explained(**whose, film=film, **gradients)
    if found.held:
        asked, held = found.held
        errors = {name: getattr(held, name) for name in ("days", "rmse", "rmse_free", "rmse_naive")}
        sure: dict[str, Any] = {
            "sure_free": verdict.in_short(held.against_free),
            "sure_naive": verdict.in_short(held.against_naive),
        }
        answers["held_test"] = stage.HeldTest(**whose, asked=asked, **errors, **sure)
    if found.matches:
        asked, matches = found.matches
        counts = {name: getattr(matches, name) for name in ("first", "last", "days", "active")}
        answers["matches"] = stage.Matched(**whose, asked=asked, **counts)
    return answers


def losses(subject: Subject) -> stage.Losses:
    return stage.Losses(
        epochs=subject.epochs,
        train=subject.train,
        validation=subject.validation,
        naive=subject.naive_loss,
        best_epoch=subject.best_epoch,
        best_loss=subject.best_loss,
        kept_epochs=sorted(subject.kept),
        planned_epochs=subject.hyperparameters.epochs,
    )
