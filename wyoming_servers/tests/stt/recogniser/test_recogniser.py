"""A home of three areas, spoken to."""

import numpy as np
import pytest

from athena_voice.stt.recogniser.model import Model
from athena_voice.stt.recogniser.recogniser import Recogniser
from athena_voice.stt.sentences import Sentence, expand
from athena_voice.stt.vocabulary import Area, Entity, Vocabulary

from .conftest import Say


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("turn on the living room lamp", "turn on the living room lamp"),
        ("turn off the bedside lamp", "turn off the bedside lamp"),
        ("set the lamp to fifty five percent", "set the lamp to 55 percent"),
        ("set a timer for twenty minutes", "set a timer for 20 minutes"),
        ("close the curtains", "close the curtains"),
        ("turn on the coffee machine please", "turn on the coffee machine"),
        ("could you open the blinds", "open the blinds"),
        ("please turn on the ceiling light", "turn on the ceiling light"),
        ("jarvis, turn off the bedside lamp", "turn off the bedside lamp"),
        ("set an alarm for seven a m on weekdays", "set an alarm for 7 am on weekdays"),
        ("wake me up at half past six tomorrow", "wake me up at half past 6 tomorrow"),
        ("don't skip tomorrow's alarm", "don't skip tomorrow's alarm"),
        ("how much power does the coffee machine use", "how much power does the coffee machine use"),
        ("is the coffee machine using power", "is the coffee machine using power"),
    ],
)
def test_a_command_is_understood(recogniser: Recogniser, say: Say, said: str, text: str) -> None:
    assert recogniser.recognise(say(said)).text == text


@pytest.mark.parametrize(
    "said",
    [
        "turn on the dishwasher",
        "open the garage door",
        "unlock the front gate",
        "turn on the bathroom light",
        "set the oven to fifty percent",
        "play the beatles",
        "i think we should leave before it gets dark",
        "what is the capital of france",
        "the lights of the city were beautiful",
        "turn on the",
        "one two three four five six",
        "we were late because the alarm did not ring",
        "set an alarm for next christmas",
    ],
)
def test_what_is_not_of_this_home_is_nothing(recogniser: Recogniser, say: Say, said: str) -> None:
    assert recogniser.recognise(say(said)).text == ""


@pytest.mark.parametrize("gain", [0.02, 0.2, 2.0])
def test_loudness_does_not_matter(recogniser: Recogniser, say: Say, gain: float) -> None:
    said = np.clip(say("turn off the kitchen lights") * gain, -32768, 32767).astype(np.int16)
    assert recogniser.recognise(said).text == "turn off the kitchen lights"


def test_a_foreign_name_can_be_given_and_said(model: Model, say: Say) -> None:
    """Nothing of a home is left out for want of a pronunciation."""
    home = Vocabulary(
        language="en",
        areas=(Area(name="Küche"),),
        entities=(Entity(name="Trådfri Panel", domain="light", area="Küche", aliases=("Panel",)),),
    )
    recogniser = Recogniser(model, expand(home))
    assert recogniser.recognise(say("turn on the panel")).text == "turn on the panel"


def test_the_text_is_what_home_assistant_understands(model: Model, say: Say) -> None:
    sentence = Sentence(said="set the kitchen lamp to 50 percent", text="set the lamp to 50 percent")
    recogniser = Recogniser(model, [sentence])
    assert recogniser.recognise(say("set the kitchen lamp to fifty percent")).text == sentence.text


def test_no_sentences_no_text(model: Model, say: Say) -> None:
    recognition = Recogniser(model, []).recognise(say("turn on the lamp"))
    assert recognition.text == ""
    assert recognition.heard
