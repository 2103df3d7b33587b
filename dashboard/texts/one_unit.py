"""The words of the page "Smallest LSTM" around its picture."""

from lstm_core.jobs import Job

TITLE = "The smallest LSTM"
INTRODUCTION = (
    "One LSTM unit reads a company's prices of four days; its last hidden state h is its prediction for day five. "
    "A must give 0, B must give 1, and they differ on day one alone: the unit has to remember it. "
    "**Look for** the day on which the two cell states c part, and the forget gate f that keeps them apart. "
    "**Try** a bias of −20 for f: c is wiped every day and B forgets most of day one; set the four weights on h′ to 0 "
    "as well, and nothing of it is left."
)
TRAINING = "Training one unit: epoch {epoch} of {epochs} …"
PAUSED = "Paused at epoch {epoch} of {epochs}."
STOPPED = "Stopped at epoch {epoch} of {epochs}."
READ = "Every number below follows from the twelve scalars; click a day to see how."
NOT_BEGUN = "Nothing trains yet; Train begins."
SHARE = (
    "Random scalars do not always learn: with 500 epochs at a rate of 0.1, 95 of the seeds 0 to 99 end within 0.1 of "
    "both targets, the others within 0.12; at a rate of 0.5 only 65 do."
)
SEED = "Same seed, same random scalars at the start."
EPOCHS = "Steps of Adam; each sees both companies."
RATE = "Length of a step of Adam, from 0.01."
ANOTHER = "Raises the seed by one and trains."
FETCHING = "Training one unit, the first time from random scalars …"


def line(job: Job, is_paused: bool) -> str:
    """Under the introduction: how far the training is, or how to read what stands there."""
    if job.checkpoint is not None and job.checkpoint.is_over:
        return READ
    said = PAUSED if is_paused else STOPPED if job.has_ended else TRAINING
    return said.format(epoch=job.epoch, epochs=job.task.epochs)
