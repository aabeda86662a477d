"""Adding and changing the language model, as a user does it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.agent.llm import client
from custom_components.athena.agent.llm.model import async_model_of
from custom_components.athena.agent.llm.server import server_of
from custom_components.athena.agent.persona import load_persona
from custom_components.athena.const import SUBENTRY_AGENT
from custom_components.athena.diagnostics import async_get_config_entry_diagnostics
from custom_components.athena.subentries import agent

from ..agent.llm.scripted import Scripted, scripted, stays_silent, writes

TWO = {"data": [{"id": "tiny", "owned_by": "llamacpp"}, {"id": "small", "owned_by": "llamacpp"}]}


@pytest.fixture
async def server(socket_enabled: None) -> AsyncIterator[Scripted]:
    """Serve on loopback."""
    async with scripted() as serving:
        serving.models = TWO
        yield serving


async def _begin(hass: HomeAssistant, entry: MockConfigEntry) -> Any:
    manager = hass.config_entries.subentries
    return await manager.async_init((entry.entry_id, SUBENTRY_AGENT), context={"source": SOURCE_USER})


async def _fill_in(hass: HomeAssistant, form: Any, **said: Any) -> Any:
    result = await hass.config_entries.subentries.async_configure(form["flow_id"], said)
    await hass.async_block_till_done()
    return result


def _suggested(form: Any) -> dict[str, Any]:
    return {
        str(key): key.description["suggested_value"]
        for key in form["data_schema"].schema
        if key.description is not None
    }


async def _add(hass: HomeAssistant, entry: MockConfigEntry, server: Scripted, **said: Any) -> Any:
    server.add(writes("Hello"))
    form = await _fill_in(hass, await _begin(hass, entry), url=server.url, **said)
    return await _fill_in(hass, form, model="tiny", history=4)


async def test_a_model_is_added_after_it_has_said_a_word(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted
) -> None:
    form = await _begin(hass, athena)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "user")
    assert form["data_schema"]({})["url"] == "http://127.0.0.1:10800/v1"
    form = await _fill_in(hass, form, url=server.url.removesuffix("/v1"), api_key="secret")
    assert (form["type"], form["step_id"], form["errors"]) == (FlowResultType.FORM, "model", {})
    options = form["data_schema"].schema["model"].config["options"]
    assert (options, _suggested(form)["model"]) == (["tiny", "small"], "tiny")
    server.add(writes("Hello"))
    result = await _fill_in(hass, form, model="small", history=2, extra="")
    assert (result["type"], result["title"]) == (FlowResultType.CREATE_ENTRY, "small")
    assert result["data"] == {"url": server.url, "api_key": "secret", "model": "small", "history": 2}
    assert (server.bodies[0]["model"], server.bodies[0]["max_tokens"]) == ("small", 1)
    assert server.headers[-1]["Authorization"] == "Bearer secret"
    (subentry,) = athena.get_subentries_of_type(SUBENTRY_AGENT)
    assert server_of(subentry.data).history == 2


async def test_a_hub_has_one(hass: HomeAssistant, athena: MockConfigEntry, server: Scripted) -> None:
    assert (await _add(hass, athena, server))["type"] is FlowResultType.CREATE_ENTRY
    result = await _begin(hass, athena)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "already_configured")


async def test_nobody_answers(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted, unused_tcp_port: int
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/v1"
    form = await _fill_in(hass, await _begin(hass, athena), url=url)
    assert (form["step_id"], form["errors"], _suggested(form)) == ("user", {"base": "cannot_connect"}, {"url": url})
    form = await _fill_in(hass, form, url=server.url)
    assert form["step_id"] == "model"


@pytest.mark.parametrize("url", ["http://[::1", "ftp://127.0.0.1", "http://:1:2/"])
async def test_what_is_no_address_reaches_nobody(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted, url: str
) -> None:
    form = await _fill_in(hass, await _begin(hass, athena), url=url)
    assert form["errors"] == {"base": "cannot_connect"}


@pytest.mark.parametrize("status", [401, 403])
async def test_a_wrong_key(hass: HomeAssistant, athena: MockConfigEntry, server: Scripted, status: int) -> None:
    server.models_status = status
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url, api_key="wrong")
    assert form["errors"] == {"base": "wrong_key"}


@pytest.mark.parametrize("models", ["<html>", [1], {"models": []}])
async def test_no_openai_compatible_server(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted, models: Any
) -> None:
    server.models = models
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url)
    assert form["errors"] == {"base": "not_openai"}


async def test_a_page_that_is_not_there_is_no_such_server(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted
) -> None:
    server.models, server.models_status = {"error": "no /models here"}, 404
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url)
    assert form["errors"] == {"base": "not_openai"}


async def test_a_wrong_model_name(hass: HomeAssistant, athena: MockConfigEntry, server: Scripted) -> None:
    """Whoever lists its models need not be asked; many a server answers to any name."""
    server.add(writes("Hello"))
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url)
    form = await _fill_in(hass, form, model="huge", history=4)
    assert (form["step_id"], form["errors"]) == ("model", {"base": "wrong_model"})
    assert _suggested(form)["model"] == "huge"
    assert (await _fill_in(hass, form, model="tiny", history=4))["type"] is FlowResultType.CREATE_ENTRY


async def test_a_model_that_is_listed_and_not_there(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted
) -> None:
    server.add((404, {"error": {"message": "The model `tiny` does not exist"}}))
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url)
    form = await _fill_in(hass, form, model="tiny", history=4)
    assert (form["step_id"], form["errors"]) == ("model", {"base": "wrong_model"})


async def test_too_slow(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent, "TRY_WITHIN", 0.1)
    server.add(stays_silent())
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url)
    form = await _fill_in(hass, form, model="tiny", history=4)
    assert form["errors"] == {"base": "too_slow"}


async def test_a_server_that_lists_its_models_too_slowly(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "PROBE_WITHIN", 0.0)
    form = await _fill_in(hass, await _begin(hass, athena), url=server.url)
    assert form["errors"] == {"base": "too_slow"}


async def test_it_is_changed(hass: HomeAssistant, athena: MockConfigEntry, server: Scripted) -> None:
    await _add(hass, athena, server, api_key="secret")
    (subentry,) = athena.get_subentries_of_type(SUBENTRY_AGENT)
    form = await athena.start_subentry_reconfigure_flow(hass, subentry.subentry_id)
    assert (form["step_id"], _suggested(form)) == ("reconfigure", {"url": server.url, "api_key": "secret"})
    form = await _fill_in(hass, form, url=server.url)
    assert _suggested(form)["model"] == "tiny"
    server.add(writes("Hello"))
    result = await _fill_in(hass, form, model="small", history=0, extra="Call me Sir.")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    (subentry,) = athena.get_subentries_of_type(SUBENTRY_AGENT)
    assert (subentry.title, dict(subentry.data)) == (
        "small",
        {"url": server.url, "model": "small", "history": 0, "extra": "Call me Sir."},
    )


async def test_neither_key_nor_address_nor_words_are_in_the_diagnostics(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted
) -> None:
    await _add(hass, athena, server, api_key="hunter2")
    told = str(await async_get_config_entry_diagnostics(hass, athena))
    assert "hunter2" not in told
    assert server.url not in told


async def test_without_one_there_is_no_model(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    persona = await hass.async_add_executor_job(load_persona, "en")
    assert await async_model_of(hass, athena, persona) is None


async def test_with_one_it_is_watched_until_the_entry_is_unloaded(
    hass: HomeAssistant, athena: MockConfigEntry, server: Scripted
) -> None:
    await _add(hass, athena, server)
    persona = await hass.async_add_executor_job(load_persona, "en")
    model = await async_model_of(hass, athena, persona)
    assert model is not None
    await model.reach.async_look()
    assert model.available
    assert await hass.config_entries.async_unload(athena.entry_id)
    await hass.async_block_till_done()
