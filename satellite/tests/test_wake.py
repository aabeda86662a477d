"""The client of the wake word server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

import pytest
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Attribution, Info, WakeModel, WakeProgram
from wyoming.wake import Detection

from athena_satellite.address import Address
from athena_satellite.errors import PeerError, ProtocolError
from athena_satellite.ring_buffer import RingBuffer
from athena_satellite.turn import events
from athena_satellite.wake import WakeClient
from tests.conftest import PATIENCE_SECONDS, until

SILENCE: Final = bytes(960)
BY: Final = Attribution(name="test", url="")


def info(*names: str) -> Event:
    models = [
        WakeModel(name=name, attribution=BY, installed=True, description=None, version=None, languages=[], phrase="Hey")
        for name in names
    ]
    program = WakeProgram(name="x", attribution=BY, installed=True, description=None, version=None, models=models)
    return Info(wake=[program]).event()


class Scripted:
    """A wake word server that keeps what it is sent and says what a test wants it to."""

    def __init__(self, about: Event) -> None:
        self.about = about
        self.got: list[Event] = []
        self.say: Callable[[Event], Awaitable[None]]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.say = lambda event: async_write_event(event, writer)
        await async_read_event(reader)
        await self.say(self.about)
        while (event := await async_read_event(reader)) is not None:
            self.got.append(event)
        writer.close()

    def types(self) -> list[str]:
        """The kinds of what came; a run of audio-chunks counts once."""
        kinds = [event.type for event in self.got]
        return [kind for number, kind in enumerate(kinds) if number == 0 or kind != kinds[number - 1]]


class Bench:
    """A client, its ring and what it told."""

    def __init__(self, address: Address) -> None:
        self.ring = RingBuffer(10.0)
        self.told: list[events.Event] = []
        self.client = WakeClient(address=address, wake_word="hey_jarvis", ring=self.ring, tell=self.told.append)


@asynccontextmanager
async def connected(server: Scripted) -> AsyncIterator[Bench]:
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    bench = Bench(Address("127.0.0.1", listener.sockets[0].getsockname()[1]))
    up = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as tasks, asyncio.timeout(PATIENCE_SECONDS):
            running = tasks.create_task(bench.client.run(up.set))
            await up.wait()
            yield bench
            running.cancel()
    finally:
        listener.close()
        listener.abort_clients()
        await listener.wait_closed()


async def test_each_time_it_is_wanted_is_a_stream_of_its_own() -> None:
    server = Scripted(info("hey_jarvis"))
    async with connected(server) as bench:
        for _ in range(2):
            bench.ring.append(SILENCE * 10)
            bench.client.listen()
            await until(lambda: server.got and server.got[-1].type == "audio-start")
            bench.ring.append(SILENCE)
            await until(lambda: bench.told[-1:] == [events.ScoringChanged(scoring=True)])
            bench.client.rest()
            bench.ring.append(SILENCE)
            await until(lambda: server.got[-1].type == "audio-stop")
        assert server.types() == ["detect", "audio-start", "audio-chunk", "audio-stop"] * 2
        assert server.got[0].data["names"] == ["hey_jarvis"]
        starts = [event.data["timestamp"] for event in server.got if event.type == "audio-start"]
        assert starts == [300, 660]  # ms of the microphone, not of the stream
        assert [event.data["timestamp"] for event in server.got if event.type == "audio-chunk"] == [300, 660]


async def test_a_detection_tells_where_in_the_microphones_stream_the_word_ended() -> None:
    server = Scripted(info("hey_jarvis"))
    async with connected(server) as bench:
        bench.client.listen()
        bench.ring.append(SILENCE * 10)
        await until(lambda: bench.told)
        await server.say(Detection(name="hey_jarvis", timestamp=250).event())
        await until(lambda: len(bench.told) == 2)
        woken = bench.told[1]
        assert isinstance(woken, events.Woken)
        assert (woken.name, woken.position) == ("hey_jarvis", 4_000)


async def test_a_detection_of_an_earlier_stream_wakes_nobody() -> None:
    server = Scripted(info("hey_jarvis"))
    async with connected(server) as bench:
        bench.client.listen()
        bench.ring.append(SILENCE * 10)
        await until(lambda: bench.told)
        bench.client.rest()
        await server.say(Detection(name="hey_jarvis", timestamp=250).event())
        bench.ring.append(SILENCE * 10)
        bench.client.listen()
        await server.say(Detection(name="hey_jarvis", timestamp=250).event())
        await server.say(Detection(name="hey_jarvis", timestamp=900).event())
        bench.ring.append(SILENCE * 10)
        await until(lambda: any(isinstance(event, events.Woken) for event in bench.told))
        woken = [event for event in bench.told if isinstance(event, events.Woken)]
        assert [event.position for event in woken] == [14_400]


async def test_a_detection_without_a_time_is_now() -> None:
    server = Scripted(info("hey_jarvis"))
    async with connected(server) as bench:
        bench.client.listen()
        bench.ring.append(SILENCE * 10)
        await until(lambda: bench.told)
        await server.say(Event(type="detection"))
        await until(lambda: len(bench.told) == 2)
        woken = bench.told[1]
        assert isinstance(woken, events.Woken)
        assert woken.position == bench.ring.end


async def test_a_server_that_returns_hears_the_last_seconds_it_missed() -> None:
    server = Scripted(info("hey_jarvis"))
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    async with listener, asyncio.TaskGroup() as tasks:
        bench = Bench(Address("127.0.0.1", listener.sockets[0].getsockname()[1]))
        bench.client.listen()
        bench.ring.append(SILENCE * 100)  # three seconds, while there is no connection
        running = tasks.create_task(bench.client.run(lambda: None))
        await until(lambda: server.types()[-1:] == ["audio-chunk"])
        assert server.got[1].data["timestamp"] == 1_000
        running.cancel()


async def left(about: Event, sent: Event | None = None) -> None:
    """Connect, listen, be told something, and wait until the client gives the server up."""
    server = Scripted(about)
    async with connected(server) as bench:
        bench.client.listen()
        bench.ring.append(SILENCE)
        await until(lambda: server.got)
        if sent is not None:
            await server.say(sent)
        await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("about", "sent", "error", "reason"),
    [
        (
            info("okay_nabu", "alexa"),
            None,
            PeerError,
            "^it has no wake word 'hey_jarvis'; it has alexa, okay_nabu$",
        ),
        (Event(type="info", data={"wake": [{"models": 7}]}), None, ProtocolError, "^info is malformed"),
        (info("hey_jarvis"), Event(type="error", data={"text": "the model is gone"}), PeerError, "^the model is gone$"),
        (
            info("hey_jarvis"),
            Event(type="detection", data={"name": "hey_jarvis", "timestamp": "soon"}),
            ProtocolError,
            "^detection has a timestamp that is no number: 'soon'$",
        ),
    ],
    ids=["unknown wake word", "info that is none", "error", "time that is none"],
)
async def test_a_server_that_cannot_be_used_is_left_with_the_reason(
    about: Event, sent: Event | None, error: type[Exception], reason: str
) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        await left(about, sent)
    assert caught.group_contains(error, match=reason)
