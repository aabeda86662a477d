"""The own set says of its homes only what they have, and covers every kind."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.athena.capabilities import ALL
from script.agent import own
from script.agent.own.dialogues import Dialogue, Turn, load_dialogues
from script.agent.own.homes import COMPANION, NAMES, THIRD, UNSEEN, load_home

KINDS = {
    "only_device", "area_noun", "name_part", "own_room", "floor", "kind_or_group", "except", "compound", "follow_up",
    "polarity", "relative", "value", "state_one", "state_many", "rooms", "ambiguity", "risk", "everything_off", "undo",
}  # fmt: skip
NO_DEED = {
    "no_chat", "no_negation", "no_condition", "no_hearsay", "no_half", "no_misheard", "no_such_thing", "no_injection",
    "no_tv", "no_language", "no_wrong_value",
}  # fmt: skip


def _named(turn: Turn) -> set[str]:
    answer = turn.answer
    return {
        *turn.states,
        *(entity for deed in turn.deeds for entity in deed.entities),
        *((answer.about or ()) if answer is not None else ()),
        *((answer.matched or ()) if answer is not None else ()),
    }


@pytest.mark.parametrize(("name", "size"), [("flat", 12), ("house", 90), ("manor", 450)])
def test_a_home_has_as_many_entities_as_it_says(name: str, size: int) -> None:
    home = load_home(name)
    assert len(home.entities) == size
    assert {entity.area for entity in home.entities.values()} - {None} == set(home.areas)
    assert {area.floor for area in home.areas.values()} - {None} == set(home.floors)


@pytest.mark.parametrize("name", [*NAMES, *UNSEEN, *THIRD, *COMPANION])
def test_everything_named_is_in_the_home(name: str) -> None:
    home = load_home(name)
    said = [dialogue for folder in ("", "unseen", "third", "companion") for dialogue in load_dialogues(folder)]
    dialogues = [dialogue for dialogue in said if dialogue.home == name]
    assert dialogues
    for dialogue in dialogues:
        for turn in dialogue.turns:
            assert _named(turn) <= set(home.entities), turn.say
            assert turn.area is None or turn.area in home.areas, turn.say
        assert set(dialogue.rooms) <= {id_ for id_, area in home.areas.items() if area.is_room}, dialogue


def test_every_kind_is_covered_and_the_set_is_large() -> None:
    counts = Counter(dialogue.kind for dialogue in load_dialogues())
    assert set(counts) == KINDS | NO_DEED
    assert all(counts[kind] >= 6 for kind in KINDS)
    assert sum(counts[kind] for kind in KINDS) >= 360
    assert sum(counts[kind] for kind in NO_DEED) >= 80


def test_what_must_not_act_expects_no_deed() -> None:
    assert all(
        turn.declined or turn.quiet
        for dialogue in load_dialogues()
        if dialogue.kind in NO_DEED
        for turn in dialogue.turns
    )


def test_the_third_set_is_what_it_says_and_acts_only_where_it_may() -> None:
    turns = [(dialogue.kind.partition("_")[0], turn) for dialogue in load_dialogues("third") for turn in dialogue.turns]
    assert Counter(kind for kind, _ in turns) == {"cmd": 130, "ask": 60, "no": 50}
    assert all(turn.declined or turn.quiet or turn.refused or turn.confirms for kind, turn in turns if kind == "no")
    assert not [turn.say for kind, turn in turns if kind == "ask" and turn.deeds]


def test_each_small_thing_is_said_in_many_ways_and_what_only_sounds_like_one_is_none() -> None:
    counts = Counter(dialogue.kind for dialogue in load_dialogues("companion"))
    assert len(counts) == 22
    assert counts["no_small_thing"] >= 60
    assert sum(counts.values()) >= 540
    own = {intent for dialogue in load_dialogues("companion") for turn in dialogue.turns for intent in turn.intents}
    wished = {intent for capability in ALL for intent in capability.sentences}
    assert wished <= own


def test_no_dialogue_stands_twice() -> None:
    def key(dialogue: Dialogue) -> tuple[Any, ...]:
        return dialogue.home, tuple((turn.say.lower(), turn.area) for turn in dialogue.turns)

    said = [dialogue for folder in ("", "unseen", "third", "companion") for dialogue in load_dialogues(folder)]
    assert [each for each, times in Counter(map(key, said)).items() if times > 1] == []


def test_what_the_model_must_be_shown_is_in_the_home() -> None:
    wishes = yaml.safe_load((Path(own.__file__).parent / "retrieval.yaml").read_text(encoding="utf-8"))
    assert set(wishes) == {"house", "manor"}
    assert sum(map(len, wishes.values())) >= 200
    for name, said in wishes.items():
        for utterance, entities in said.items():
            assert set(entities.split()) <= set(load_home(name).entities), utterance
