"""What Home Assistant asks when something is added, and every 30 s from then on."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from script.house.client import Socket
from script.house.device import Device
from script.house.house import House
from script.house.processes import until
from script.house.recording import Recording
from script.house.voice import SATELLITE_NAME

from .wire import describe

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOUR = ("wake", "stt", "tts", "satellite")


async def test_all_four_tell_what_they_are_while_a_turn_runs(house: House, short_request: Recording) -> None:
    """On connections beside the turn's own, several at a time."""
    began_at = datetime.now(UTC)
    await house.microphone.speak([short_request])
    await house.microphone.until_step("wake", began_at)
    ports = [getattr(house.ports, name) for name in FOUR for _ in range(5)]
    infos = await asyncio.gather(*(describe(port) for port in ports))
    assert [bool(info.wake) for info in infos[:5]] == [True] * 5
    assert [info.asr[0].installed for info in infos[5:10]] == [True] * 5
    assert [info.tts[0].installed for info in infos[10:15]] == [True] * 5
    assert [info.satellite is not None for info in infos[15:]] == [True] * 5
    await house.microphone.until_step("played", began_at)


async def test_home_assistant_knows_what_each_of_them_is(house: House, device: Device) -> None:
    async with house.home_assistant.client() as client, client.websocket() as socket:
        entries = {one["entry_id"]: one for one in await socket.command("config_entries/get", domain="wyoming")}
        infos = (await socket.command("wyoming/info"))["info"]
    assert len(entries) >= 4
    satellite = infos[device.entry]["satellite"]
    assert satellite["name"] == entries[device.entry]["title"] == SATELLITE_NAME
    assert satellite["area"] == "Living Room"
    assert satellite["active_wake_words"] == ["hey_jarvis"]
    [model] = infos[device.entry]["wake"][0]["models"]
    assert model["phrase"] == "Hey Jarvis"  # by which Home Assistant knows that two satellites heard the same
    [voice] = [info["tts"][0] for info in infos.values() if info["tts"]]
    assert voice["supports_synthesize_streaming"]


async def test_home_assistant_offers_no_choice_of_wake_words_over_wyoming(house: House, device: Device) -> None:
    """Its own Wyoming integration has no configuration of a satellite."""
    satellite = await device.entity("assist_satellite")
    async with house.home_assistant.client() as client, client.websocket() as socket:
        offered = await socket.command("assist_satellite/get_configuration", entity_id=satellite)
    assert offered["available_wake_words"] == []


async def test_the_connection_test_of_the_set_up_wizard(house: House, device: Device) -> None:
    """It announces a sound that Home Assistant serves, and passes once that is fetched."""
    satellite = await device.entity("assist_satellite")
    began_at = datetime.now(UTC)
    async with house.home_assistant.client() as client, client.websocket() as socket:
        tested = await socket.command("assist_satellite/test_connection", entity_id=satellite)
    assert tested["status"] == "success"
    await house.microphone.until_step("played", began_at)


async def test_the_set_up_wizard_hears_the_wake_word(house: House, device: Device, short_request: Recording) -> None:
    satellite = await device.entity("assist_satellite")
    async with house.home_assistant.client() as client, client.websocket() as socket:
        await socket.command("assist_satellite/intercept_wake_word", entity_id=satellite)
        began_at = datetime.now(UTC)
        await house.microphone.speak([short_request])
        await house.microphone.until_step("wake", began_at)
        note = await until("the wake word in Home Assistant", lambda: _note(socket), within=10)
    assert note["wake_word_phrase"] == "Hey Jarvis"
    # Home Assistant lets the satellite wait for a turn that never comes; that nothing comes tells it so.
    await house.microphone.until_step("unanswered", began_at)
    await house.microphone.until_step("listening", began_at)


async def _note(socket: Socket) -> dict[str, Any] | None:
    return next(iter(await socket.notes()), None)
