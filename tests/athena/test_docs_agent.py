"""What docs/agent.md shows: the traces come out so, and the page names what there is."""

import json
import re
from typing import Any

import pytest
import yaml
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena import llm
from custom_components.athena.agent import tiers

from .copied import ROOT
from .saying import Speaker, expose

PAGE = (ROOT / "docs/agent.md").read_text("utf-8")
TRACE = re.compile(r"```yaml\n(text: .*?)```", re.DOTALL)


def _without_times(trace: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in trace.items() if key != "ms"}
    if "tried" in kept:
        kept["tried"] = [{key: value for key, value in one.items() if key != "ms"} for one in kept["tried"]]
    return kept


async def test_the_traces_of_the_page_are_those_of_real_turns(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    expose(hass, "lock.front_door")
    await hass.async_block_till_done(wait_background_tasks=True)
    shown = [_without_times(yaml.safe_load(trace)) for trace in TRACE.findall(PAGE)]
    assert len(shown) == 6
    speaker = Speaker(hass)
    for trace in shown:
        await speaker.says(trace["text"])
        told = _without_times(athena.runtime_data.traces.as_list(with_texts=True)[-1])
        assert {key: told[key] for key in trace} == trace


def test_the_page_has_a_row_for_every_tier_in_their_order() -> None:
    table = PAGE[: PAGE.index("A tier leaves")]
    assert re.findall(r"`(\w+)`", re.sub(r"`custom_sentences/`", "", table)) == [tier.name for tier in tiers.ALL]


@pytest.mark.parametrize("form", ["options", "config_subentries"])
def test_the_page_names_what_can_be_set(form: str) -> None:
    words = json.loads((ROOT / "custom_components/athena/translations/en.json").read_text("utf-8"))
    steps = words["options"]["step"]["safety"], *words["config_subentries"]["agent"]["step"].values()
    step = steps[:1] if form == "options" else steps[1:]
    labels = [label for one in step for label in one.get("data", {}).values()]
    assert labels
    assert not [label for label in labels if f"*{label}*" not in PAGE]


def test_the_page_names_every_tool() -> None:
    named = set(re.findall(r"`athena__(\w+)`", PAGE))
    assert {tool.own_name for tool in llm.tools.ALL} <= named
