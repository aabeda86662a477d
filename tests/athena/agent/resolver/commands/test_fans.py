"""A fan that is told to go faster or slower: one that is off comes on, and every step can be felt."""

from collections.abc import Mapping
from typing import Any

import pytest
from homeassistant.core import State

from custom_components.athena.agent.home import Entity
from custom_components.athena.agent.resolver.acts.acts import act_of
from custom_components.athena.agent.resolver.acts.meanings import Meaning, Value

FAN = Entity(id="fan.a", names=("Fan",), features=57)
FINE = {"percentage_step": 1}
BY_30 = Value(number=30, unit="percent", by=True)


@pytest.mark.parametrize(
    ("state", "attributes", "meaning", "action", "data"),
    [
        ("off", FINE, Meaning(sense="more"), "turn_on", {}),
        ("off", FINE, Meaning(sense="more", values=(BY_30,)), "turn_on", {"percentage": 30}),
        ("on", FINE, Meaning(sense="more"), "increase_speed", {"percentage_step": 20}),
        ("on", FINE, Meaning(sense="more", little=True), "increase_speed", {"percentage_step": 10}),
        ("on", FINE, Meaning(sense="more", values=(BY_30,)), "increase_speed", {"percentage_step": 30}),
        ("on", {"percentage_step": 100 / 3}, Meaning(sense="more"), "increase_speed", {}),
        ("on", {"percentage_step": 100 / 6}, Meaning(sense="more"), "increase_speed", {}),
        ("on", {}, Meaning(sense="more"), "increase_speed", {}),
        ("on", FINE | {"percentage": 60}, Meaning(sense="less"), "decrease_speed", {"percentage_step": 20}),
        ("on", FINE | {"percentage": 15}, Meaning(sense="less"), "decrease_speed", {}),
    ],
)
def test_a_fan_goes_faster_or_slower(
    state: str, attributes: Mapping[str, Any], meaning: Meaning, action: str, data: Mapping[str, Any]
) -> None:
    act = act_of(meaning, FAN, State(FAN.id, state, attributes), lambda text: tuple(text.split()))
    assert act is not None
    assert (act.action, act.data) == (action, data)
