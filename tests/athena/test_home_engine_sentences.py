"""The commands that the home engine hears, Home Assistant or Athena understands: each is one of their own sentences."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pytest
from hassil import Intents, recognize_best
from hassil.intents import SlotList, TextChunk, TextSlotList, TextSlotValue
from home_assistant_intents import get_intents

from custom_components.athena.agent.sentences import Home, load_sentences, slots_of

from .home_engine import expanded

DOMAINS: Final = (
    *("light", "switch", "fan", "input_boolean", "media_player", "cover", "valve", "lock", "scene", "script"),
    *("climate", "vacuum"),
)


def _vocabulary() -> dict[str, Any]:
    """Return a home with one thing of each domain, in a room of that name and in no room."""
    entities: list[dict[str, Any]] = [
        {"name": f"{where}{domain.replace('_', ' ')} thing", "domain": domain, "area": area, "aliases": []}
        for where, area in (("First ", "Den"), ("Second ", None))
        for domain in DOMAINS
    ]
    areas = [{"name": "Den", "aliases": ["Snug"]}]
    return {"version": 1, "language": "en", "areas": areas, "entities": entities, "sentences": []}


def _list(values: Mapping[str, Mapping[str, Any]]) -> TextSlotList:
    return TextSlotList(
        name="names",
        values=[
            TextSlotValue(text_in=TextChunk(text), value_out=text, context=dict(what)) for text, what in values.items()
        ],
    )


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return expanded(_vocabulary())["command"]


def test_a_home_with_everything_has_many_sentences(sentences: list[str]) -> None:
    assert len(sentences) > 1000


def test_home_assistant_or_athena_understands_every_sentence(sentences: list[str]) -> None:
    vocabulary = _vocabulary()
    intents = get_intents("en")
    assert intents is not None
    lists: dict[str, SlotList] = {
        "name": _list({entity["name"]: {"domain": entity["domain"]} for entity in vocabulary["entities"]}),
        "area": _list({name: {} for area in vocabulary["areas"] for name in (area["name"], *area["aliases"])}),
        "floor": _list({}),
    }
    known = Intents.from_dict(intents)
    context: dict[str, Any] = {"area": "Den"}  # where the satellite is
    not_athenas = [text for text in sentences if not load_sentences("en").recognize(text, Home())]
    assert len(sentences) - len(not_athenas) > 1000
    unknown = [
        text for text in not_athenas if not recognize_best(text, known, slot_lists=lists, intent_context=context)
    ]
    assert unknown == []


TIMES: Final = re.compile(
    r"(?:set an alarm for|wake me up at|skip the|cancel the) (?P<hour>\d+)(?: (?P<minute>\d\d))?(?: (?P<half>[ap]m))?\b"
)


def test_athena_takes_every_time_for_the_one_that_was_heard(sentences: list[str]) -> None:
    heard = {text: found.groupdict() for text in sentences if (found := TIMES.match(text))}
    assert len(heard) > 1000
    wrong = {}
    for text, time in heard.items():
        result = load_sentences("en").recognize(text, Home())
        slots = {} if result is None else slots_of(result)
        if {"hour": slots.get("hour"), "minute": slots.get("minute"), "half": slots.get("half")} != {
            "hour": int(time["hour"]),
            "minute": time["minute"] and int(time["minute"]),
            "half": time["half"],
        }:
            wrong[text] = slots
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("skip tomorrow's alarm", ("AthenaSkipAlarm", {"date": "tomorrow"})),
        ("don't skip tomorrow's alarm", ("AthenaSkipAlarm", {"date": "tomorrow", "undo": True})),
        ("set an alarm for 7 am on weekdays", ("AthenaSetAlarm", {"hour": 7, "half": "am", "days": "weekdays"})),
        ("wake me up at quarter to 8", ("AthenaSetAlarm", {"to": 15, "hour": 8})),
        ("wake me up at noon", ("AthenaSetAlarm", {"named_time": "noon"})),
    ],
)
def test_what_athena_takes_them_for(sentences: list[str], text: str, does: tuple[str, dict[str, Any]]) -> None:
    assert text in sentences
    result = load_sentences("en").recognize(text, Home())
    assert result is not None
    assert (result.intent.name, slots_of(result)) == does


def test_a_large_home_has_a_few_thousand_of_athenas_own_sentences() -> None:
    """What has more wordings than anybody says is marked `sampled: false`, and heard by Whisper alone."""
    home = Home(areas=[(f"Room {number}", f"room_{number}") for number in range(13)])
    assert 500 < len(load_sentences("en").samples(home)) < 4000
