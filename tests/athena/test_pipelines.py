"""A pipeline that lets Home Assistant act before Athena is asked passes her guard by: repairs say so, and mend it."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from homeassistant.components.assist_pipeline.pipeline import (
    KEY_ASSIST_PIPELINE,
    async_get_pipelines,
    async_update_pipeline,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.athena.const import DOMAIN
from custom_components.athena.pipelines import CHECK_EVERY

from .saying import AGENT


@pytest.fixture(autouse=True)
async def _assist(hass: HomeAssistant, home: None) -> None:
    assert await async_setup_component(hass, "assist_pipeline", {})
    assert await async_setup_component(hass, "repairs", {})


async def _add(hass: HomeAssistant, *, agent: str = AGENT, prefer_local: bool = True) -> str:
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    pipeline = await store.async_create_item(
        {
            "name": "Bedside",
            "language": "en",
            "conversation_engine": agent,
            "conversation_language": "en",
            "stt_engine": None,
            "stt_language": None,
            "tts_engine": None,
            "tts_language": None,
            "tts_voice": None,
            "wake_word_entity": None,
            "wake_word_id": None,
            "prefer_local_intents": prefer_local,
        }
    )
    await hass.async_block_till_done()
    return str(pipeline.id)


async def _later(hass: HomeAssistant) -> None:
    async_fire_time_changed(hass, dt_util.utcnow() + CHECK_EVERY + timedelta(seconds=1))
    await hass.async_block_till_done()


def _issues(hass: HomeAssistant) -> Mapping[str, ir.IssueEntry]:
    found = ir.async_get(hass).issues.values()
    return {one.issue_id: one for one in found if one.domain == DOMAIN and one.translation_key == "prefers_local"}


async def test_such_a_pipeline_is_told_of_and_mended_by_the_repair(
    hass: HomeAssistant, athena: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    pipeline = await _add(hass)
    await _later(hass)
    ((issue, told),) = _issues(hass).items()
    assert told.translation_placeholders == {"pipeline": "Bedside"}
    client = await hass_client()
    begun = await client.post("/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue})
    form = await begun.json()
    assert (form["step_id"], form["description_placeholders"]) == ("confirm", {"pipeline": "Bedside"})
    done = await client.post(f"/api/repairs/issues/fix/{form['flow_id']}", json={})
    assert (await done.json())["type"] == "create_entry"
    (mended,) = [one for one in async_get_pipelines(hass) if one.id == pipeline]
    assert not mended.prefer_local_intents
    await _later(hass)
    assert not _issues(hass)


async def test_one_that_is_there_when_athena_starts_is_told_of(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await _add(hass)
    assert not _issues(hass)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert len(_issues(hass)) == 1


@pytest.mark.usefixtures("athena")
async def test_it_is_taken_back_when_the_user_turns_the_switch_off(hass: HomeAssistant) -> None:
    await _add(hass)
    await _later(hass)
    assert _issues(hass)
    (pipeline,) = [one for one in async_get_pipelines(hass) if one.name == "Bedside"]
    await async_update_pipeline(hass, pipeline, prefer_local_intents=False)
    await _later(hass)
    assert not _issues(hass)


@pytest.mark.usefixtures("athena")
@pytest.mark.parametrize(
    "settings", [{"prefer_local": False}, {"agent": "conversation.home_assistant"}], ids=["off", "another agent"]
)
async def test_other_pipelines_are_nobodys_business(hass: HomeAssistant, settings: dict[str, object]) -> None:
    await _add(hass, **settings)  # type: ignore[arg-type]
    await _later(hass)
    assert not _issues(hass)


async def test_without_athena_nobody_listens_to_the_pipelines(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    await _add(hass)
    await _later(hass)
    await hass.config_entries.async_unload(athena.entry_id)
    await _later(hass)
    assert not _issues(hass)
