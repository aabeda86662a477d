"""Kasa plugs by voice: Home Assistant's own tplink integration and its python-kasa, over sockets, to emulated plugs."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from kasa.httpclient import HttpClient
from kasa.protocols import SmartProtocol
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.athena.outputs.deeds.doer import Patience
from tests.neighbours.kasa.hs110 import Hs110
from tests.neighbours.kasa.kp125m import Kp125m
from tests.neighbours.kasa.plug import Plug

from ..saying import AGENT, Speaker, call
from .plugs import Plugs, plugs_in

ATHENA = "custom_components.athena"
TPLINK = "homeassistant.components.tplink.coordinator"


@pytest.fixture
async def plugs(
    hass: HomeAssistant,
    athena: MockConfigEntry,
    socket_enabled: None,
    mock_network: None,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Plugs]:
    """Return what adds plugs; nobody searches a network, and nobody pauses before another try."""

    async def nowhere(_hass: HomeAssistant) -> set[object]:
        return set()

    monkeypatch.setattr("homeassistant.components.network.async_get_ipv4_broadcast_addresses", nowhere)
    monkeypatch.setattr(HttpClient, "WAIT_BETWEEN_REQUESTS_ON_OSERROR", 0)
    monkeypatch.setattr(SmartProtocol, "BACKOFF_SECONDS_AFTER_TIMEOUT", 0)
    async with plugs_in(hass, monkeypatch) as plugs:
        yield plugs


def kp125m(alias: str, load_mw: int = 12_000) -> Kp125m:
    """Return a plug that is off."""
    return Kp125m(Plug(alias, load_mw=load_mw), discovery_port=0)


def logged(caplog: pytest.LogCaptureFixture, logger: str, least: int = logging.INFO) -> list[str]:
    """Return what somebody has written into the log, without what each turn writes."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(logger) and record.levelno >= least and not record.getMessage().startswith("Not done")
    ]


async def test_device_on_off_and_status_by_voice_prd_15(hass: HomeAssistant, plugs: Plugs) -> None:
    player = await plugs.async_add(kp125m("Record player"))
    speaker = Speaker(hass)
    assert await speaker.says("is the record player on?") == "No."
    assert await speaker.says("Arvis, turn on the record player") == "Record player on."
    assert player.plug.on
    assert await speaker.says("is the record player on?") == "Yes."
    assert await speaker.says("turn off the record player") == "Record player off."
    assert player.plug.orders == [True, False]
    player.plug.set(on=True)  # by its own button
    await player.async_poll()
    assert await speaker.says("is the record player on?") == "Yes."


async def test_a_plug_called_lamp_is_the_lamp_where_no_light_is_prd_7(hass: HomeAssistant, plugs: Plugs) -> None:
    call(hass, "light.lamp", "Spotlight")
    lamp = await plugs.async_add(kp125m("Lamp"))
    speaker = Speaker(hass)
    assert await speaker.says("Arvis, turn on the lamp") == "Lamp on."
    assert await speaker.says("Arvis, turn off the lamp") == "Lamp off."
    assert lamp.plug.orders == [True, False]
    assert hass.states.is_state("light.lamp", "off")


async def test_a_plug_called_lamp_and_a_light_called_lamp_are_told_apart_by_the_room(
    hass: HomeAssistant, plugs: Plugs, athena: MockConfigEntry
) -> None:
    lamp = await plugs.async_add(kp125m("Lamp"))
    device = er.async_get(hass).async_get(lamp.entity("switch"))
    assert device is not None
    assert device.device_id is not None
    dr.async_get(hass).async_update_device(device.device_id, area_id="kitchen")
    puck = dr.async_get(hass).async_get_or_create(config_entry_id=athena.entry_id, identifiers={("test", "puck")})
    dr.async_get(hass).async_update_device(puck.id, area_id="kitchen")
    assert await Speaker(hass, puck.id).says("turn on the lamp") == "Lamp on."
    assert lamp.plug.orders == [True]
    dr.async_get(hass).async_update_device(puck.id, area_id="living_room")
    assert await Speaker(hass, puck.id).says("turn on the lamp") == "Lamp on."
    assert lamp.plug.orders == [True]
    assert hass.states.is_state("light.lamp", "on")


async def test_of_two_plugs_the_one_that_was_named_is_switched_and_tells(hass: HomeAssistant, plugs: Plugs) -> None:
    player = await plugs.async_add(kp125m("Record player", load_mw=21_500))
    machine = await plugs.async_add(kp125m("Washing machine", load_mw=1_850_000))
    speaker = Speaker(hass)
    assert await speaker.says("turn on the washing machine") == "Washing machine on."
    assert (player.plug.orders, machine.plug.orders) == ([], [True])
    await machine.async_poll()
    assert await speaker.says("is the washing machine using power?") == "Yes, 1850 watts."
    assert await speaker.says("is the record player using power?") == "No."
    assert await speaker.says("how much power does the record player use?") == "0 watts."
    assert await speaker.says("turn on the record player and turn off the washing machine") == (
        "Record player on. Washing machine off."
    )
    assert (player.plug.on, machine.plug.on) == (True, False)


async def test_how_much_power_does_the_lamp_use(hass: HomeAssistant, plugs: Plugs) -> None:
    lamp = await plugs.async_add(kp125m("Lamp"))
    call(hass, "light.lamp", "Spotlight")
    lamp.plug.today_wh = 340
    lamp.plug.set(on=True)
    await lamp.async_poll()
    speaker = Speaker(hass)
    for question, said in (
        ("how much power does the lamp use?", "12 watts."),
        ("how much power is the lamp using?", "12 watts."),
        ("what is the lamp drawing?", "12 watts."),
        ("how many watts is the lamp using?", "12 watts."),
        ("is the lamp using any power?", "Yes, 12 watts."),
        ("how much energy has the lamp used today?", "0.34 kilowatt hours."),
        ("how much electricity did the lamp use today?", "0.34 kilowatt hours."),
        ("how much energy has the lamp used?", "0.34 kilowatt hours."),
        ("how much energy has the lamp used yesterday?", "I can't tell."),
    ):
        assert await speaker.says(question) == said, question
    assert lamp.plug.orders == []  # a question never does anything


async def test_after_a_question_about_power_it_is_the_plug(hass: HomeAssistant, plugs: Plugs) -> None:
    player = await plugs.async_add(kp125m("Record player"))
    speaker = Speaker(hass)
    assert await speaker.says("turn on the record player") == "Record player on."
    await player.async_poll()
    assert await speaker.says("how much power is it using?") == "12 watts."
    assert await speaker.says("turn it off") == "Record player off."
    assert player.plug.orders == [True, False]


async def test_a_plug_with_another_name_in_home_assistant_is_still_one_with_its_meter(
    hass: HomeAssistant, plugs: Plugs
) -> None:
    plug = await plugs.async_add(kp125m("TP-Link 4F2A"))
    call(hass, plug.entity("switch"), "Record player")  # its sensors keep the name of the device
    speaker = Speaker(hass)
    assert await speaker.says("turn on the record player") == "Record player on."
    await plug.async_poll()
    assert await speaker.says("what is the record player drawing?") == "12 watts."


async def test_whoever_may_switch_a_plug_may_know_what_goes_through_it_and_no_more(
    hass: HomeAssistant, plugs: Plugs
) -> None:
    player = await plugs.async_add(kp125m("Record player"), exposed=False)  # as Home Assistant does: not its sensors
    speaker = Speaker(hass)
    assert await speaker.says("how much power does the record player use?") == "0 watts."
    assert await speaker.says("what is the voltage of the record player?") not in {"230 volts.", "120 volts."}
    expose_not = player.entity("switch")
    async_expose_entity(hass, "conversation", expose_not, False)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "watts" not in await speaker.says("how much power does the record player use?")


async def test_an_old_plug_without_an_account_works_too(hass: HomeAssistant, plugs: Plugs) -> None:
    fan = await plugs.async_add(Hs110(Plug("Desk fan", load_mw=30_000)))
    speaker = Speaker(hass)
    assert await speaker.says("turn on the desk fan") == "Desk fan on."
    assert fan.plug.orders == [True]
    await fan.async_poll()
    assert await speaker.says("how much power is the desk fan using?") == "30 watts."
    assert await speaker.says("turn off the desk fan") == "Desk fan off."
    assert not fan.plug.on


async def test_a_plug_that_left_the_network(
    hass: HomeAssistant, plugs: Plugs, athena: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    player = await plugs.async_add(kp125m("Record player"))
    speaker = Speaker(hass)
    await player.device.unplug()
    athena.runtime_data.doer._patience = Patience(shows=3600, in_all=3600)  # a refused call shows nothing later
    async with asyncio.timeout(60):
        assert await speaker.says("turn on the record player") == "Something went wrong."
        assert await speaker.says("turn on the record player") == "Something went wrong."
    assert len(logged(caplog, ATHENA, logging.WARNING)) == 1
    assert player.entity("switch") in logged(caplog, ATHENA, logging.WARNING)[0]
    await player.device.plug_in()
    athena.runtime_data.doer._patience = Patience()
    assert await speaker.says("turn on the record player") == "Record player on."
    assert player.plug.on
    assert [line for line in logged(caplog, ATHENA) if "again" in line] == [f"{player.entity('switch')} works again"]


async def test_a_plug_that_home_assistant_knows_to_be_away(
    hass: HomeAssistant, plugs: Plugs, caplog: pytest.LogCaptureFixture
) -> None:
    player = await plugs.async_add(kp125m("Record player"))
    speaker = Speaker(hass)
    await player.device.unplug()
    await player.async_poll()
    await player.async_poll()
    assert hass.states.is_state(player.entity("switch"), "unavailable")
    for said, answer in (
        ("turn on the record player", "I can't reach Record player."),
        ("is the record player on?", "I can't tell."),
        ("how much power does the record player use?", "I can't tell."),
        ("how much energy has the record player used today?", "I can't tell."),
        ("is the record player using power?", "I can't tell."),
    ):
        assert await speaker.says(said) == answer
    await player.device.plug_in()
    await player.async_poll()
    assert await speaker.says("turn on the record player") == "Record player on."
    assert player.plug.on
    away, back = logged(caplog, TPLINK)
    assert "Error fetching" in away
    assert "recovered" in back
    assert logged(caplog, ATHENA, logging.WARNING) == []


async def test_a_plug_that_hangs_is_not_waited_for_until_the_library_gives_up(
    hass: HomeAssistant, plugs: Plugs, athena: MockConfigEntry
) -> None:
    device = kp125m("Record player")
    await plugs.async_add(device)
    athena.runtime_data.doer._patience = Patience(answers=0.1, shows=0.1, in_all=0.5)
    device.hang()
    said = await conversation.async_converse(hass, "turn on the record player", None, Context(), agent_id=AGENT)
    assert said.response.speech["plain"]["speech"] == "Something went wrong."
    assert "athena switch.turn_on" in {task.get_name() for task in asyncio.all_tasks()}  # python-kasa still waits
    device.recover()
    athena.runtime_data.doer._patience = Patience()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert device.plug.on  # late, but never lost: what was asked for is begun only once
    assert device.plug.orders == [True]
    assert await Speaker(hass).says("turn off the record player") == "Record player off."
    assert device.plug.orders == [True, False]


async def test_a_plug_that_restarted_is_switched_at_the_first_word(
    hass: HomeAssistant, plugs: Plugs, caplog: pytest.LogCaptureFixture
) -> None:
    player = await plugs.async_add(kp125m("Record player"))
    await player.device.unplug()
    await player.device.plug_in()  # it knows no session from before
    assert await Speaker(hass).says("turn on the record player") == "Record player on."
    assert player.plug.orders == [True]
    assert logged(caplog, ATHENA, logging.WARNING) == []
