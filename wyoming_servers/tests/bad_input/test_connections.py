"""Clients that hold on to what others need: connections, time, memory."""

import asyncio
import json
from contextlib import AsyncExitStack

import pytest
from wyoming.error import Error
from wyoming.event import Event
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize

from athena_voice.tts.service import TtsService

from ..conftest import Client, Serving, until
from .conftest import BOUNDS
from .kinds import Server, speak
from .memory import MIB, needs_proc, resident

CONNECTIONS = 200
SERVED = 128


async def _told(client: Client) -> Event:
    await client.send(Describe())
    return await client.receive()


async def test_200_connections_get_128_answers_and_72_refusals_that_say_why(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    clients = [
        Client(*await asyncio.open_connection(server.running.address.host, server.running.address.port))
        for _ in range(CONNECTIONS)
    ]
    try:
        told = await asyncio.gather(*map(_told, clients))
        refusals = [Error.from_event(event) for event in told if Error.is_type(event.type)]
        assert sum(Info.is_type(event.type) for event in told) == SERVED
        assert [error.code for error in refusals] == ["too-many-clients"] * (CONNECTIONS - SERVED)
        assert "128 connections" in refusals[0].text
        await asyncio.gather(
            *(client.closed() for client, event in zip(clients, told, strict=True) if Error.is_type(event.type))
        )
        served = next(client for client, event in zip(clients, told, strict=True) if Info.is_type(event.type))
        await server.kind.ask(served)
    finally:
        for client in clients:
            await client.close()
    await until(lambda: server.count("connections") == 0)
    await server.still_serves()
    assert len([record for record in caplog.records if "are refused" in record.getMessage()]) == 1


BEGUN = (
    b"{",
    b'{"type": "describe"}',
    b'{"type": "audio-chunk", "data_length": 40}\n{"rate',
    b'{"type": "audio-chunk", "payload_length": 9}\n12',
)


async def test_a_slow_loris_is_told_and_dropped_and_others_are_served_meanwhile(server: Server) -> None:
    async with AsyncExitStack() as stack:
        lorises = [await stack.enter_async_context(server.running.client()) for _ in BEGUN]
        for loris, begun in zip(lorises, BEGUN, strict=True):
            await loris.send_raw(begun)
        await server.still_serves()
        for loris in lorises:
            error = Error.from_event(await loris.receive())
            assert (error.code, error.text) == ("protocol-error", "an event was begun and is not whole after 1 s")
            await loris.closed()


async def test_a_slow_loris_that_never_stops_dribbling_is_dropped_all_the_same(server: Server) -> None:
    async with server.running.client() as loris:

        async def dribble() -> None:
            await loris.send_raw(b'{"type": "')
            while True:
                await loris.send_raw(b"x")
                await asyncio.sleep(0.05)

        async with asyncio.TaskGroup() as tasks:
            dribbling = tasks.create_task(dribble())
            assert Error.from_event(await loris.receive()).code == "protocol-error"
            dribbling.cancel()


async def test_an_idle_connection_is_kept_longer_than_any_deadline(server: Server) -> None:
    async with server.running.client() as idle, server.running.client() as loris:
        await idle.send(Ping(text="before"))
        assert Pong.from_event(await idle.receive()).text == "before"
        await loris.send_raw(b"{")
        await loris.closed()  # all the deadlines of one that is not idle have passed
        await server.kind.ask(idle)


@needs_proc
async def test_a_client_that_stops_reading_is_dropped_and_others_are_served(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    before = resident()
    async with server.running.client() as deaf:
        _stop_reading(deaf)
        with pytest.raises(ConnectionError):
            await _ask_for_ever(deaf)
        await server.still_serves()
    assert resident() - before < 32 * MIB
    assert "it has read nothing for 1 s; connection closed" in caplog.text


async def test_a_client_that_does_not_listen_to_a_long_speech_is_dropped(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(TtsService(engine="espeak"), bounds=BOUNDS) as server, server.client() as deaf:
        _stop_reading(deaf)
        await deaf.send(Synthesize(text="The lamp in the living room is on. " * 20_000))
        while "it has read nothing for 1 s" not in caplog.text:
            async with server.client() as client:
                await speak(client)


async def _ask_for_ever(client: Client) -> None:
    """Each is answered; what is asked for is held back, too, once the answers are."""
    while True:
        await client.send_raw(b'{"type": "describe"}\n' * 1000)


def _stop_reading(client: Client) -> None:
    client.writer.transport.pause_reading()  # type: ignore[attr-defined]


@needs_proc
async def test_payloads_that_are_announced_and_not_sent_take_no_memory(server: Server) -> None:
    before = resident()
    header = json.dumps({"type": "audio-chunk", "payload_length": 16 * MIB}).encode() + b"\n"
    clients = [
        Client(*await asyncio.open_connection(server.running.address.host, server.running.address.port))
        for _ in range(8)
    ]
    try:
        for client in clients:
            await client.send_raw(header + bytes(60_000))
        await server.still_serves()
        for client in clients:
            assert Error.from_event(await client.receive()).code == "protocol-error"
    finally:
        for client in clients:
            await client.close()
    assert resident() - before < 32 * MIB
