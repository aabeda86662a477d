"""From scores to detections: thresholds, re-arm, refractory and near misses, by the audio's clock."""

import pytest

from athena_voice.audio import RATE
from athena_voice.errors import UnknownWakeWordError
from athena_voice.wake.engine import Score, Word
from athena_voice.wake.limits import Limits, limits
from athena_voice.wake.settings import Setting
from athena_voice.wake.trigger import Fired, NearMiss, Trigger
from athena_voice.wake.word_end import Bias

STEP = RATE // 10


def heard(
    values: list[float], *, threshold: float = 0.8, refractory: float = 2.0
) -> list[tuple[int, Fired | NearMiss]]:
    """Return what a trigger makes of scores, a tenth of a second apart, and at which of them."""
    trigger = Trigger("x", Limits(threshold=threshold, refractory=int(refractory * RATE)))
    told = []
    for number, value in enumerate(values):
        result = trigger.hear(Score(name="x", at=number * STEP, value=value, probability=value))
        if result is not None:
            told.append((number, result))
    return told


def test_a_word_fires_once_however_long_its_score_stays_high() -> None:
    ((number, fired),) = heard([0.0, 0.6, 0.7, *[0.9] * 60])
    assert (number, fired) == (3, Fired(score=0.9, rise=STEP))


def test_a_word_that_fired_must_sink_to_half_its_threshold_before_it_fires_again() -> None:
    assert [number for number, _ in heard([0.9, 0.41, 0.9, 0.4, 0.9], refractory=0.0)] == [0, 4]


def test_the_refractory_time_is_the_audios() -> None:
    again = [0.9, *[0.0] * 18, 0.9, *[0.0] * 9, 0.9]  # after 1.9 s and after 2.9 s
    assert [number for number, _ in heard(again)] == [0, 29]
    assert [number for number, _ in heard(again, refractory=1.0)] == [0, 19, 29]
    assert [number for number, _ in heard(again, refractory=3.0)] == [0]


def test_what_began_in_the_refractory_time_is_not_told_when_that_ends() -> None:
    assert [number for number, _ in heard([0.9, 0.0, *[0.9] * 40])] == [0]


def test_a_rise_that_comes_close_is_one_near_miss_told_when_it_is_over() -> None:
    told = heard([0.0, 0.65, 0.79, 0.6, 0.75, 0.5, 0.3, 0.0])
    assert told == [(6, NearMiss(name="x", score=0.79, threshold=0.8))]


def test_a_rise_that_crosses_or_stays_far_below_is_no_near_miss() -> None:
    assert heard([0.0, 0.59, 0.0]) == []
    assert [type(what) for _, what in heard([0.7, 0.9, 0.7, 0.0])] == [Fired]


def test_each_rise_is_a_near_miss_of_its_own() -> None:
    assert len(heard([0.7, 0.0, 0.7, 0.0, 0.7, 0.0])) == 3


def test_a_stream_that_ends_in_a_rise_tells_of_it() -> None:
    trigger = Trigger("x", Limits(threshold=0.8, refractory=0))
    assert trigger.hear(Score(name="x", at=0, value=0.75, probability=0.75)) is None
    assert trigger.finish() == NearMiss(name="x", score=0.75, threshold=0.8)
    assert trigger.finish() is None


def _words() -> dict[str, Word]:
    bias = Bias(lead_ms=0, margin_ms=0)
    return {
        "alexa": Word(phrase="Alexa", languages=("en",), threshold=0.9, bias=bias),
        "hey_jarvis": Word(phrase="Hey Jarvis", languages=("en",), threshold=0.97, bias=bias),
    }


def test_limits_are_the_models_own_unless_set() -> None:
    assert limits(_words(), (), ()) == {
        "alexa": Limits(threshold=0.9, refractory=2 * RATE),
        "hey_jarvis": Limits(threshold=0.97, refractory=2 * RATE),
    }


def test_a_setting_for_one_word_goes_before_one_for_all_in_any_order() -> None:
    one, every = Setting(word="alexa", value=0.5), Setting(word=None, value=0.7)
    for thresholds in ((one, every), (every, one)):
        made = limits(_words(), thresholds, [Setting(word="hey_jarvis", value=3)])
        assert made == {
            "alexa": Limits(threshold=0.5, refractory=2 * RATE),
            "hey_jarvis": Limits(threshold=0.7, refractory=3 * RATE),
        }


def test_a_setting_for_an_unknown_word_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownWakeWordError, match="unknown wake word 'computer'; this server has alexa, hey_jarvis"):
        limits(_words(), [Setting(word="computer", value=0.5)], ())
