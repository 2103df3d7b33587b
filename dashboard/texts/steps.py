"""What one timestep of a series is called, and how many of them there are; the stage says it too (step_words.js)."""

from dashboard.texts import counted, say


def step_name(step: str) -> str:
    """``step``: as `lstm_core.data.steps` tells it, "day", "trading day"."""
    return say(f"steps.step_{_key(step)}_one")


def steps_name(step: str) -> str:
    return say(f"steps.step_{_key(step)}_other")


def steps(quantity: int, step: str) -> str:
    """1 day, 1,060 trading days."""
    return counted("steps.steps", quantity, step=step_name(step), steps=steps_name(step))


def test_steps(quantity: int, step: str) -> str:
    """36 test months."""
    return counted("steps.test_steps", quantity, step=step_name(step), steps=steps_name(step))


def _key(step: str) -> str:
    return step.replace(" ", "_")
