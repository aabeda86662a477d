"""When a sentence counts as said."""

from collections.abc import Mapping

import pytest

from athena_voice.stt.recogniser.judgement import (
    LEAST_MARGIN,
    MOST_DOUBT,
    MOST_STRANGE,
    NO_DOUBT,
    OPPOSITE_MARGIN,
    Judgement,
    judge,
)
from athena_voice.stt.recogniser.search import Found, Hypotheses
from athena_voice.stt.sentences import Sentence, manners

ENGLISH = manners("en")


def found(text: str, score: float) -> Found:
    return Found(score=score, pieces=len(text.split()))


def hearing(free: float, sentences: Mapping[str, float], words: str = "turn on the lamp") -> Hypotheses:
    scores = {Sentence(said=text, text=text): found(text, score) for text, score in sentences.items()}
    return Hypotheses(words=words, free=found(words, free), sentences=scores)


def judged(*hearings: Hypotheses) -> Judgement:
    judgement = judge(hearings, ENGLISH)
    assert judgement is not None
    return judgement


def test_what_is_as_likely_as_any_words_was_said() -> None:
    judgement = judged(hearing(-1.0, {"turn on the lamp": -1.2, "turn on the fan": -9.0}))
    assert judgement.sentence.text == "turn on the lamp"
    assert judgement.certain
    assert judgement.settled


def test_what_other_words_are_far_likelier_than_was_not_said() -> None:
    judgement = judged(hearing(-1.0, {"turn on the lamp": -1.0 - MOST_DOUBT - 0.1}))
    assert not judgement.certain


def test_between_two_lamps_nothing_is_chosen() -> None:
    close = LEAST_MARGIN - 0.1
    assert not judged(hearing(-1.0, {"turn on the lamp": -1.0, "turn on the ramp": -1.0 - close})).certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("turn on the lamp", "turn off the lamp"),
        ("turn the lamp off", "turn the lamp on"),
        ("unlock the back door", "lock the back door"),
        ("open the blinds", "close the blinds"),
        ("set an alarm for 7 am", "set an alarm for 7 pm"),
        ("set an alarm for 7 15 am", "set an alarm for 7 50 am"),
        ("wake me up at quarter past 7", "wake me up at quarter to 7"),
        ("set an alarm for 7 on weekdays", "set an alarm for 7 on weekends"),
        ("skip tomorrow's alarm", "don't skip tomorrow's alarm"),
        ("don't skip the next alarm", "skip the next alarm"),
        ("skip the 7 am alarm", "cancel the 7 am alarm"),
        ("is the door locked", "is the door unlocked"),
        ("set the lamp to 15 percent", "set the lamp to 50 percent"),
    ],
)
def test_opposites_need_a_wider_margin(one: str, other: str) -> None:
    close = (LEAST_MARGIN + OPPOSITE_MARGIN) / 2
    assert not judged(hearing(-1.0, {one: -1.0, other: -1.0 - close})).certain
    assert judged(hearing(-1.0, {one: -1.0, other: -1.0 - OPPOSITE_MARGIN})).certain
    assert judged(hearing(-1.0, {one: -1.0, "something else": -1.0 - close})).certain


def test_what_means_the_same_is_no_rival() -> None:
    same = {
        Sentence(said="turn on the lamp", text="turn on the lamp"): found("turn on the lamp", -1.0),
        Sentence(said="turn on the ramp", text="turn on the lamp"): found("turn on the ramp", -1.1),
    }
    assert judged(Hypotheses(words="turn on the lamp", free=found("turn on the lamp", -1.0), sentences=same)).certain


def test_of_mumbling_nothing_is_made() -> None:
    """Where all words are unlikely, the likeliest mean nothing."""
    unlikely = -(MOST_STRANGE + 0.1) * 5
    assert not judged(hearing(unlikely, {"turn on the lamp": unlikely})).certain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("pause", "it is hard to say what anybody could do about that"),
        ("turn on the lights", "Turn on the lights in the attic."),
        ("what is the temperature", "What is the temperature in the greenhouse?"),
        ("lights off", "Lights off in the nursery, please."),
    ],
)
def test_what_is_only_the_beginning_of_what_was_said_was_not_said(said: str, heard: str) -> None:
    assert not judged(hearing(-1.0, {said: -2.0}, words=heard)).certain
    assert judged(hearing(-1.0, {said: -2.0}, words=said)).certain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("what is the date", "what's the date"),
        ("turn on the lamp", "switch the lamp on"),
        ("are any lights on", "are there any lights on"),
        ("close the blinds", "shut the blinds"),
    ],
)
def test_other_words_for_the_same_are_no_rivals(one: str, other: str) -> None:
    assert judged(hearing(-1.0, {one: -1.0, other: -1.1})).certain


def test_a_second_hearing_is_wanted_where_the_first_leaves_doubt() -> None:
    doubtful = hearing(-1.0, {"turn on the lamp": -1.0 - NO_DOUBT - 1})
    assert judged(doubtful).certain
    assert not judged(doubtful).settled


def test_two_hearings_are_averaged() -> None:
    sure = hearing(0.0, {"turn on the lamp": 0.0})
    unsure = hearing(0.0, {"turn on the lamp": -MOST_DOUBT - 4})
    assert judged(sure, unsure).doubt == pytest.approx((MOST_DOUBT + 4) / 2)
    assert judged(sure, unsure).certain


def test_a_sentence_that_one_hearing_did_not_get_to_is_doubted() -> None:
    sure = hearing(-1.0, {"turn on the lamp": -1.0})
    other = hearing(-1.0, {"turn on the fan": -1.0})
    assert not judged(sure, other).certain


def test_without_any_sentence_there_is_no_judgement() -> None:
    assert judge([hearing(-1.0, {})], ENGLISH) is None
    assert judge([], ENGLISH) is None
