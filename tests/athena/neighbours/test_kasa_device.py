"""The emulated plugs hold to their protocols as strictly as devices do; the client is Home Assistant's python-kasa."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from kasa import AuthenticationError, Credentials, DeviceConfig, DeviceError, KasaException, Module
from kasa.iot import IotPlug
from kasa.protocols import SmartProtocol
from kasa.smart import SmartDevice
from kasa.transports import KlapTransportV2

from tests.architecture.repository import ROOT
from tests.neighbours.kasa.discovery import make_answer, read_probe
from tests.neighbours.kasa.hs110 import LENGTH, Hs110, scramble, unscramble
from tests.neighbours.kasa.kp125m import MOST_SESSIONS, PASSWORD, USERNAME, Kp125m
from tests.neighbours.kasa.plug import Plug

pytestmark = pytest.mark.usefixtures("socket_enabled")


@asynccontextmanager
async def spoken_to(device: Kp125m, password: str = PASSWORD) -> AsyncIterator[SmartDevice]:
    """Plug one in and return the library's side of it."""
    await device.plug_in()
    config = DeviceConfig(device.host, port_override=device.port, credentials=Credentials(USERNAME, password))
    client = SmartDevice(device.host, protocol=SmartProtocol(transport=KlapTransportV2(config=config)))
    try:
        yield client
    finally:
        await client.disconnect()
        await device.unplug()


async def _sent(client: SmartDevice, payload: bytes, number: int) -> int:
    """Send what was sealed, and return the device's status."""
    transport = client.protocol._transport
    assert isinstance(transport, KlapTransportV2)
    status, _ = await transport._http_client.post(
        transport._request_url, params={"seq": number}, data=payload, cookies_dict=transport._session_cookie
    )
    return status


async def _sealed(client: SmartDevice, request: dict[str, Any]) -> tuple[bytes, int]:
    transport = client.protocol._transport
    assert isinstance(transport, KlapTransportV2)
    await transport.perform_handshake()
    assert transport._encryption_session is not None
    return transport._encryption_session.encrypt(json.dumps(request))


ON = {"method": "set_device_info", "params": {"device_on": True}}


async def test_a_client_with_another_account_is_turned_away() -> None:
    device = Kp125m(Plug("Lamp"))
    async with spoken_to(device, "a guess") as client:
        with pytest.raises(AuthenticationError):
            await client.turn_on()
    assert device.plug.orders == []


async def test_an_order_that_is_sent_twice_is_obeyed_once() -> None:
    device = Kp125m(Plug("Lamp"))
    async with spoken_to(device) as client:
        payload, number = await _sealed(client, ON)
        assert [await _sent(client, payload, number) for _ in range(2)] == [200, 403]
    assert device.plug.orders == [True]
    assert device.turned_away == 1


async def test_an_order_with_a_broken_seal_or_another_number_is_refused() -> None:
    device = Kp125m(Plug("Lamp"))
    async with spoken_to(device) as client:
        payload, number = await _sealed(client, ON)
        assert await _sent(client, bytes([payload[0] ^ 1]) + payload[1:], number) == 403
        assert await _sent(client, payload[:-1], number) == 403
        assert await _sent(client, payload, number + 1) == 403
        assert await _sent(client, payload, 2**40) == 403
        assert await _sent(client, b"", number) == 403
    assert device.plug.orders == []


async def test_a_session_that_is_forgotten_is_refused_and_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SmartProtocol, "BACKOFF_SECONDS_AFTER_TIMEOUT", 0)
    device = Kp125m(Plug("Lamp"))
    async with spoken_to(device) as client:
        await client.turn_on()
        transport = client.protocol._transport
        assert isinstance(transport, KlapTransportV2)
        for _ in range(MOST_SESSIONS):
            await transport.perform_handshake1()
        await client.turn_off()
    assert device.plug.orders == [True, False]


async def test_what_a_plug_does_not_know_is_refused_and_leaves_the_rest() -> None:
    device = Kp125m(Plug("Lamp", load_mw=7_500, on=True))
    async with spoken_to(device) as client:
        with pytest.raises(DeviceError, match="UNKNOWN_METHOD"):
            await client.protocol.query({"brew_coffee": None})
        with pytest.raises(DeviceError, match="PARAMS_ERROR"):
            await client.protocol.query({"set_device_info": {"device_on": "yes"}})
        answers = await client.protocol.query({"brew_coffee": None, "get_emeter_data": None})
        assert answers["get_emeter_data"]["power_mw"] == 7_500
    assert device.plug.orders == []


async def test_a_renamed_plug_stays_the_same_device() -> None:
    device = Kp125m(Plug("Lamp"))
    async with spoken_to(device) as client:
        await client.update()
        before = client.device_id, client.mac
        await client.set_alias("Späte Lampe")
        await client.update()
        assert client.alias == "Späte Lampe"
        assert (client.device_id, client.mac) == before


def test_the_meter_counts_what_is_drawn_while_it_is_on() -> None:
    now = 0.0
    plug = Plug("Heater", load_mw=1_500_000, clock=lambda: now)
    plug.today_wh = 200
    now += 3600
    assert (plug.power_mw, plug.today_wh) == (0, 200)
    plug.switch(on=True)
    now += 1800
    assert (plug.power_mw, plug.today_wh, plug.on_seconds) == (1_500_000, 950, 1800)
    plug.switch(on=False)
    now += 3600
    assert (plug.power_mw, plug.today_wh, plug.on_seconds) == (0, 950, 0)


def test_a_damaged_probe_is_not_answered() -> None:
    whole = make_answer(77, {"result": {}})  # an answer has a probe's shape
    assert read_probe(whole) == 77
    assert read_probe(whole[:-1]) is None
    assert read_probe(whole[:-1] + b"!") is None
    assert read_probe(whole[:9]) is None


async def test_the_old_plug_is_switched_and_tells_what_it_draws() -> None:
    device = Hs110(Plug("Fan", load_mw=30_000))
    await device.plug_in()
    client = IotPlug(device.host, config=DeviceConfig(device.host, port_override=device.port))
    try:
        await client.update()
        await client.turn_on()
        await client.update()
        assert client.is_on
        assert client.modules[Module.Energy].current_consumption == 30
        with pytest.raises(KasaException, match="brew"):
            await client._query_helper("system", "brew")
        with pytest.raises(KasaException, match="set_relay_state"):
            await client._query_helper("system", "set_relay_state", {"state": 7})
    finally:
        await client.disconnect()
        await device.unplug()
    assert device.plug.orders == [True]


@pytest.mark.parametrize("sent", [LENGTH.pack(2**31), LENGTH.pack(4) + b"junk", LENGTH.pack(9) + scramble(b"{}")])
async def test_the_old_plug_hangs_up_on_what_is_no_request(sent: bytes) -> None:
    device = Hs110(Plug("Fan"))
    await device.plug_in()
    reader, writer = await asyncio.open_connection(device.host, device.port)
    writer.write(sent)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    await device.unplug()


def test_what_is_scrambled_can_be_read() -> None:
    assert unscramble(scramble(b'{"system":{}}')) == b'{"system":{}}'
    assert scramble(b"{") == b"\xd0"


async def test_as_a_program_it_tells_its_state_and_can_be_pulled_and_plugged_in(tmp_path: Path) -> None:
    file = tmp_path / "state.json"

    def start(*arguments: str) -> Any:
        program = (sys.executable, "-m", "tests.neighbours.kasa", "--alias", "Record Player", *arguments)
        return asyncio.create_subprocess_exec(*program, cwd=ROOT, stdout=PIPE, stderr=PIPE)

    async def told() -> tuple[str, dict[str, Any]]:
        line = (await process.stdout.readline()).decode()
        return line.removeprefix('KP125M "Record Player" ').strip(), json.loads(file.read_text())

    process = await start("--state", str(file), "--today", "340")
    said, state = await told()
    assert said == f"listens on 127.0.0.1:{state['port']}"
    assert (state["on"], state["plugged"], state["today_wh"]) == (False, True, 340)
    other = await start("--port", str(state["port"]))
    assert b"Cannot listen" in (await other.communicate())[1]
    assert other.returncode == 1
    process.send_signal(signal.SIGUSR1)
    assert await told() == ("has left the network", {**state, "plugged": False})
    process.send_signal(signal.SIGUSR2)
    assert await told() == (said, state)
    process.terminate()
    await process.communicate()
    assert process.returncode == 0
    assert json.loads(file.read_text()) == {**state, "plugged": False}
