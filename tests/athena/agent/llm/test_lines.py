"""Our own format, as it comes in pieces: complete deeds, or nothing."""

import pytest

from custom_components.athena.agent.guard.risk import Policy
from custom_components.athena.agent.llm.lines import Lines
from custom_components.athena.agent.llm.speech import Speech
from custom_components.athena.agent.reading import Plan
from custom_components.athena.deed import Deed, Request

from .homes import WORDS, names_in


def _read(
    text: str, *, said: str = "", size: int = 3, is_free: bool = False, policy: Policy | None = None
) -> tuple[Lines, list[str]]:
    """Return what becomes of an answer that comes a few characters at a time, and what is spoken of it."""
    speech = Speech(WORDS, said)
    lines = Lines(
        names_in(policy=policy), ("focus",), speech, lambda names: f"Which: {', '.join(names)}?", is_free=is_free
    )
    spoken = [one for at in range(0, len(text), size) for one in lines.feed(text[at : at + size])]
    return lines, spoken + lines.close()


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        ("turn_on | Coffee Maker", Deed(domain="switch", action="turn_on", entities=("switch.coffee",))),
        (
            "set_brightness 40 | Kitchen Light",
            Deed(domain="light", action="turn_on", entities=("light.kitchen",), data={"brightness_pct": 40}),
        ),
        (
            "set_color red | Counter Light",
            Deed(domain="light", action="turn_on", entities=("light.counter",), data={"color_name": "red"}),
        ),
        (
            "set_temperature 21 | Thermostat",
            Deed(domain="climate", action="set_temperature", entities=("climate.bedroom",), data={"temperature": 21}),
        ),
        (
            "set_volume 30 | TV",
            Deed(domain="media_player", action="volume_set", entities=("media_player.tv",), data={"volume_level": 0.3}),
        ),
        (
            "mute | TV",
            Deed(
                domain="media_player",
                action="volume_mute",
                entities=("media_player.tv",),
                data={"is_volume_muted": True},
            ),
        ),
        ("close | Blinds", Deed(domain="cover", action="close_cover", entities=("cover.blinds",))),
        ("lock | Front Door", Deed(domain="lock", action="lock", entities=("lock.front",))),
        ("run | Film Night", Deed(domain="scene", action="turn_on", entities=("scene.film",))),
        (
            "turn_off | all lights in Kitchen",
            Deed(
                domain="light",
                action="turn_off",
                entities=("light.counter", "light.kitchen", "light.plain"),
                kind="lights",
            ),
        ),
        (
            "set_brightness 10 | all lights in Kitchen",  # those that can be dimmed
            Deed(
                domain="light",
                action="turn_on",
                entities=("light.counter", "light.kitchen"),
                data={"brightness_pct": 10},
                kind="lights",
            ),
        ),
    ],
)
def test_a_line_is_a_deed(line: str, deed: Deed) -> None:
    lines, spoken = _read(f"do: {line}\n")
    assert lines.answered.is_usable
    assert lines.answered.steps == [deed]
    assert spoken == []


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_several_deeds_come_in_their_order_however_the_stream_is_cut(size: int) -> None:
    lines, _ = _read("do: turn_off | Kitchen Light\ndo: turn_on | Bedroom Lamp", size=size)
    assert [(step.action, step.entities) for step in lines.answered.steps if isinstance(step, Deed)] == [
        ("turn_off", ("light.kitchen",)),
        ("turn_on", ("light.bedroom",)),
    ]


def test_the_same_deed_twice_is_done_once() -> None:
    lines, _ = _read("do: turn_on | TV\ndo: turn_on | TV\n")
    assert len(lines.answered.steps) == 1


def test_a_scene_is_asked_of_the_room() -> None:
    lines, _ = _read("scene: focus")
    assert lines.answered.steps == [Request(intent="AthenaSetScene", slots={"scene": "focus"})]


def test_a_question_brings_the_deed_of_each_answer() -> None:
    lines, _ = _read("ask: turn_on | Kitchen Light; Counter Light")
    which = lines.answered.which
    assert which is not None
    assert which.question == "Which: Kitchen Light, Counter Light?"
    assert [option.names[0] for option in which.options] == ["Kitchen Light", "Counter Light"]
    reading = which.options[1].reading
    assert isinstance(reading, Plan)
    assert reading.deeds == (Deed(domain="light", action="turn_on", entities=("light.counter",)),)


@pytest.mark.parametrize("why", ["cannot", "unclear"])
def test_it_says_no(why: str) -> None:
    assert _read(f"no: {why}")[0].answered.no == why


@pytest.mark.parametrize(
    "text",
    [
        "do: turn_on | Cellar Light",
        "do: explode | TV",
        "do: unlock | Front Door",
        "do: open | Garage Door",
        "do: set_brightness 400 | Kitchen Light",
        "do: set_brightness | Kitchen Light",
        "do: turn_on 5 | Kitchen Light",
        "do: set_temperature -3 | Thermostat",
        "do: turn_on",
        "do:",
        "ask: turn_on | Kitchen Light",
        "ask: turn_on | Kitchen Light; Cellar Light",
        "ask: set_volume | TV; TV",
        "scene: party",
        "no: maybe",
        "Sure! Turning on the light.",
        '{"tool": "light.turn_on"',
        "do: turn_on | Kitchen Light\nscene: focus\nno: cannot",
        "do: turn_on | Kitchen Light\ndo: turn_on | Cellar Light",
        "say: Fine.\ndo: turn_on | Kitchen Light",
        "x" * 5000,
        "",
        "\n\n",
        "<think>the user wants light",
    ],
)
def test_what_does_not_resolve_exactly_is_no_answer(text: str) -> None:
    lines, _ = _read(text, size=11)
    assert not lines.answered.is_usable


def test_more_than_ten_deeds_are_nobodys_wish() -> None:
    lines, _ = _read("do: turn_on | Kitchen Light\n" * 200)
    assert lines.is_over
    assert lines.answered.rejected[0].cause == "more than 10 deeds"


def test_what_the_user_lets_voice_open_is_opened() -> None:
    lines, _ = _read("do: unlock | Front Door", policy=Policy(allowed=frozenset({"lock.front"})))
    assert [step.action for step in lines.answered.steps if isinstance(step, Deed)] == ["unlock"]


def test_why_it_is_rejected_holds_no_word_of_what_was_written() -> None:
    lines, _ = _read("do: turn_on | My Secret\nscene: my secret\nmy secret\n")
    assert lines.answered.rejected
    assert not any("secret" in one.cause.casefold() for one in lines.answered.rejected)


# ---- speech


def test_speech_comes_by_sentences_while_it_streams() -> None:
    speech = Speech(WORDS, "why is the sky blue")
    lines = Lines(names_in(), (), speech, ", ".join)
    assert lines.feed("say: Sunl") == []
    assert lines.feed("ight scatters. Blue") == ["Sunlight scatters."]
    assert lines.feed(" scatters most") == []
    assert lines.close() == ["Blue scatters most"]
    assert lines.answered.is_usable


def test_what_it_thinks_is_not_said() -> None:
    _, spoken = _read("<think>do: turn_on | TV\nhm</think>\nsay: Paris.")
    assert spoken == ["Paris."]


@pytest.mark.parametrize(
    "claim",
    [
        "Done.",
        "OK, done!",
        "I've turned on the lamp.",
        "I turned it off.",
        "I have opened the blinds for you.",
        "I’ll lock the door.",
        "I'm going to turn it on.",
        "Turning on the lamp.",
        "Turned off.",
        "The lamp is now on.",
        "Lights on.",
        "The door has been locked.",
        "It's off.",
        "Sure.",
    ],
)
def test_a_claim_without_a_deed_is_not_said(claim: str) -> None:
    lines, spoken = _read(f"say: {claim}", said="turn on the lamp")
    assert spoken == []
    assert not lines.answered.is_usable


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("is the lamp on", "The lamp is on."),
        ("which lights are on", "Kitchen Light is on."),
        ("tell me a joke", "A light bulb walks into a bar."),
        ("who opened the museum", "The queen opened it in 1890."),
        ("what is the capital of France", "Paris."),
        ("I am bored", "Read a book."),
    ],
)
def test_an_answer_is_no_claim(said: str, answer: str) -> None:
    assert _read(f"say: {answer}", said=said)[1] == [answer]


def test_not_even_as_the_answer_to_a_question_may_it_say_that_it_did_something() -> None:
    lines, spoken = _read("say: I've turned the lamp on.", said="is the lamp on")
    assert spoken == []
    assert not lines.answered.is_usable


def test_speech_ends_where_it_is_too_long() -> None:
    lines, spoken = _read("say: " + "This goes on and on. " * 200, said="why")
    assert lines.is_over
    assert sum(map(len, spoken)) < 450


def test_without_a_grammar_what_it_says_before_it_acts_is_not_said() -> None:
    lines, spoken = _read("Let me see.\ndo: turn_on | TV", is_free=True)
    assert spoken == []
    assert len(lines.answered.steps) == 1


def test_without_a_grammar_words_are_an_answer() -> None:
    lines, spoken = _read("Paris. It lies on the Seine.", said="what is the capital of France", is_free=True)
    assert spoken == ["Paris.", "It lies on the Seine."]
    assert lines.answered.is_usable
