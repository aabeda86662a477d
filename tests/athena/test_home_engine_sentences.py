"""What the home engine hears, Home Assistant understands: each sentence is recognised by its own English sentences."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hassil import Intents, recognize_best
from hassil.intents import SlotList, TextChunk, TextSlotList, TextSlotValue
from home_assistant_intents import get_intents

ROOT: Final = Path(__file__).parents[2]
SERVERS: Final = ROOT / "wyoming_servers"
EXPAND: Final = """
import json, sys
from athena_voice.stt.sentences import expand
from athena_voice.stt.vocabulary import parse
print(json.dumps(sorted({sentence.text for sentence in expand(parse(json.load(sys.stdin)))})))
"""
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


def _sentences(vocabulary: dict[str, Any]) -> list[str]:
    """Expand it as the speech-to-text server does, which has a Python of its own."""
    command = [str(SERVERS / ".venv/bin/python"), "-c", EXPAND]
    process = subprocess.run(
        command, input=json.dumps(vocabulary), cwd=SERVERS, text=True, capture_output=True, check=True, timeout=60
    )
    sentences: list[str] = json.loads(process.stdout)
    return sentences


def _list(values: Mapping[str, Mapping[str, Any]]) -> TextSlotList:
    return TextSlotList(
        name="names",
        values=[
            TextSlotValue(text_in=TextChunk(text), value_out=text, context=dict(what)) for text, what in values.items()
        ],
    )


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return _sentences(_vocabulary())


def test_a_home_with_everything_has_many_sentences(sentences: list[str]) -> None:
    assert len(sentences) > 1000


def test_home_assistant_understands_every_sentence(sentences: list[str]) -> None:
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
    unknown = [text for text in sentences if not recognize_best(text, known, slot_lists=lists, intent_context=context)]
    assert unknown == []
