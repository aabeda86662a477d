"""The sets that are said to the agent."""

from pathlib import Path

import pytest

from script.agent.bench import device_actions, intents_en, own
from script.agent.bench.agents import Strict
from script.agent.bench.cases import CaseSet
from script.agent.bench.cli import SHARED
from script.agent.bench.expected import Verdict
from script.agent.bench.run import async_run
from script.agent.bench.sentence_values import Named, value_in
from script.agent.virtual.house import open_house


def _there(name: str) -> Path:
    if not (SHARED / name).is_dir():
        pytest.skip(f"{SHARED / name} is not there")
    return SHARED / name


def _size(cases: CaseSet) -> int:
    return sum(len(group.cases) for group in cases.groups)


def test_all_of_home_assistants_english_sentences_are_taken_in() -> None:
    cases = intents_en.load(_there("intents_en"))
    kinds = {case.kind for group in cases.groups for case in group.cases}
    assert (_size(cases), len(cases.groups), len(kinds)) == (1110, 205, 41)


async def test_home_assistant_understands_its_own_sentences_in_these_homes() -> None:
    cases = intents_en.load(_there("intents_en"))
    async with open_house() as house:
        outcome = await async_run(house, cases, [Strict(house.hass)], 60, 0.0)
    assert not outcome.left_out
    assert {each.verdict for each in outcome.results["hassil"].judged} == {Verdict.RIGHT}


def test_the_sample_of_devices_is_large_and_the_same_each_time() -> None:
    folder = _there("device_actions")
    cases = device_actions.load(folder)
    assert _size(cases) >= 400
    assert len(cases.groups) >= 20
    assert device_actions.load(folder) == cases
    assert all(case.turns[0].text.isascii() or case.area for group in cases.groups for case in group.cases)


def test_every_action_of_the_data_has_its_place_in_the_mapping() -> None:
    cases = device_actions.load(_there("device_actions"))
    assert len({case.kind for group in cases.groups for case in group.cases}) == 26


def test_the_own_set_speaks_of_three_homes() -> None:
    cases = own.load()
    assert _size(cases) >= 300
    assert [len(group.home.things) for group in cases.groups] == [12, 90, 450]


def test_a_limit_is_spread_over_the_whole_set() -> None:
    cases = own.load()
    groups = list(cases.limited(30))
    assert [group.home.name for group in groups] == ["flat", "house", "manor"]
    assert sum(len(group.cases) for group in groups) == 30


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Set the bedroom 1 light to 50%", Named(number=50)),
        ("Dim the bedroom 1 light to half", Named(number=50)),
        ("Bedroom 1 light on full brightness", Named(number=100)),
        ("Make the bedroom 1 light brighter", Named(sign=1)),
        ("Make the bedroom 1 light dimmer", Named(sign=-1)),
        ("Set the bedroom 1 light", None),
        ("Set it to 20 or 30", None),
        ("Turn it up and down", None),
    ],
)
def test_the_value_is_read_from_the_sentence_alone(sentence: str, named: Named | None) -> None:
    assert value_in(sentence, ("Bedroom 1",)) == named


def test_a_small_bare_number_may_be_one_of_ten() -> None:
    assert value_in("Volume 5", (), may_be_of_ten=True) is None
    assert value_in("Volume 5%", (), may_be_of_ten=True) == Named(number=5)
    assert value_in("Volume 75", (), may_be_of_ten=True) == Named(number=75)
