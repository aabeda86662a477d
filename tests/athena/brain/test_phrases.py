"""Times and counts, as Athena says them."""

from custom_components.athena.brain import phrases

from .evening import SEVEN


def test_why_a_scene_ran_that_somebody_asked_for() -> None:
    assert phrases.you_asked("focus", SEVEN) == "You asked for focus mode at 7 PM."
