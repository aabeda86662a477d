"""The server that Home Assistant dials, without the rest of the satellite."""

import asyncio
import errno
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

import pytest
from wyoming.audio import AudioChunk
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.satellite import PauseSatellite, RunSatellite
from wyoming.timer import TimerCancelled, TimerFinished, TimerStarted, TimerUpdated

from athena_satellite import home_assistant
from athena_satellite.address import Address
from athena_satellite.errors import AddressError
from athena_satellite.home_assistant import Connection, HomeAssistant, Patience
from athena_satellite.turn import events
from tests.conftest import PATIENCE_SECONDS, until

ANYWHERE: Final = Address("127.0.0.1", 0)


class Dialled:
    """Somebody's connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, event: Event) -> None:
        await async_write_event(event, self.writer)

    async def receive(self) -> Event | None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await async_read_event(self.reader)


@asynccontextmanager
async def dialled(address: Address) -> AsyncIterator[Dialled]:
    reader, writer = await asyncio.open_connection(address.host, address.port)
    try:
        yield Dialled(reader, writer)
    finally:
        writer.transport.abort()


@asynccontextmanager
async def serving(
    tell: Callable[[events.Event], None], patience: Patience | None = None
) -> AsyncIterator[tuple[HomeAssistant, Address]]:
    home = HomeAssistant(info=lambda: Event(type="info"), tell=tell, patience=patience)
    async with home.serving(ANYWHERE) as address:
        yield home, address


@asynccontextmanager
async def paired() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """One end of a connection that has no addresses."""
    near, far = socket.socketpair()
    with far:
        reader, writer = await asyncio.open_connection(sock=near)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


async def bind(address: Address) -> None:
    async with HomeAssistant(info=lambda: Event(type="info"), tell=lambda _: None).serving(address):
        pass


async def test_a_port_in_use_is_named() -> None:
    async with serving(lambda _: None) as (_, address):
        with pytest.raises(AddressError, match=f"^{address} is already in use$"):
            await bind(address)


async def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(AddressError, match=r"^tcp://192\.0\.2\.1:10700 cannot be bound: "):
        await bind(Address("192.0.2.1", 10_700))


async def test_a_ping_is_answered_with_its_text_on_any_connection() -> None:
    async with serving(lambda _: None) as (_, address), dialled(address) as peer:
        await peer.send(Ping(text="now").event())
        pong = await peer.receive()
        assert pong is not None
        assert (pong.type, pong.data) == ("pong", {"text": "now"})


async def test_only_the_one_that_sent_run_satellite_is_home_assistant() -> None:
    told: list[events.Event] = []
    async with serving(told.append) as (home, address), dialled(address) as stranger, dialled(address) as peer:
        await stranger.send(Event(type="voice-started"))
        await stranger.send(Describe().event())
        assert (await stranger.receive()) == Event(type="info")
        assert told == []
        await peer.send(RunSatellite().event())
        await until(lambda: told == [events.HomeConnected()])
        await stranger.send(Event(type="voice-started"))
        await stranger.send(Describe().event())
        await stranger.receive()
        await home.send(Event(type="played"))
        assert (await peer.receive()) == Event(type="played")
        assert told == [events.HomeConnected()]


async def test_the_newest_connection_wins_and_the_older_one_is_cut() -> None:
    told: list[events.Event] = []
    async with serving(told.append) as (home, address), dialled(address) as old, dialled(address) as new:
        await old.send(RunSatellite().event())
        await until(lambda: told == [events.HomeConnected()])
        await new.send(RunSatellite().event())
        await until(lambda: told[1:] == [events.HomeReplaced()])
        with suppress(ConnectionError):  # a cut reaches the peer as a reset or as an end
            assert await old.receive() is None
        await home.send(Event(type="played"))
        assert (await new.receive()) == Event(type="played")
        new.writer.transport.abort()
        await until(lambda: told[2:] == [events.HomeLost()])


async def test_run_satellite_after_a_pause_resumes_on_the_same_connection() -> None:
    told: list[events.Event] = []
    async with serving(told.append) as (_, address), dialled(address) as peer:
        for event in (RunSatellite(), RunSatellite(), PauseSatellite(), RunSatellite()):
            await peer.send(event.event())
        await until(lambda: len(told) == 3)
        assert told == [events.HomeConnected(), events.HomePaused(), events.HomeConnected()]


async def test_silence_while_paused_is_not_death() -> None:
    told: list[events.Event] = []
    patience = Patience(ping=0.05, lost=0.1, stranger=0.5, look=0.02)
    async with serving(told.append, patience) as (_, address), dialled(address) as peer, dialled(address) as stranger:
        await peer.send(RunSatellite().event())
        await peer.send(PauseSatellite().event())
        assert await stranger.reader.read() == b""  # by then a connection that is not paused would be gone
        assert told == [events.HomeConnected(), events.HomePaused()]


async def test_a_stranger_that_says_nothing_is_closed() -> None:
    patience = Patience(stranger=0.1, look=0.02)
    async with serving(lambda _: None, patience) as (_, address), dialled(address) as stranger:
        stranger.writer.write(b'{"type": "desc')  # a header that never ends
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await stranger.reader.read() == b""


@pytest.mark.parametrize("reason", [errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ECONNRESET])
async def test_a_home_assistant_that_vanished_without_a_word_is_lost_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, reason: int
) -> None:
    """The other side of a loopback connection cannot vanish: the transport is told what the system would tell it."""
    told: list[events.Event] = []
    accepted: list[asyncio.StreamWriter] = []
    monkeypatch.setattr(home_assistant, "notice_silence", accepted.append)
    async with serving(told.append) as (home, address), dialled(address) as peer:
        await peer.send(RunSatellite().event())
        await until(lambda: told == [events.HomeConnected()])
        [writer] = accepted
        writer.transport._fatal_error(OSError(reason, os.strerror(reason)))  # type: ignore[attr-defined]
        await home.send(Event(type="played"))
        await until(lambda: told[1:] == [events.HomeLost()])
    assert [record for record in caplog.records if record.name == "asyncio"] == []


@pytest.mark.parametrize("reason", [errno.ETIMEDOUT, errno.EHOSTUNREACH])
async def test_sending_to_one_that_vanished_is_no_error(reason: int) -> None:
    async with paired() as (reader, writer):
        connection = Connection(reader, writer)
        reader.set_exception(OSError(reason, os.strerror(reason)))
        await connection.send(Event(type="played"))
        assert await connection.receive() is None


async def test_a_connection_from_nowhere_has_a_name_all_the_same() -> None:
    async with paired() as (reader, writer):
        assert not writer.get_extra_info("peername")
        assert Connection(reader, writer).name == "somebody"


async def test_a_home_assistant_that_does_not_read_is_dropped_and_memory_stays_bounded(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[events.Event] = []
    chunk = AudioChunk(rate=16_000, width=2, channels=1, audio=bytes(32_000)).event()
    async with serving(told.append) as (home, address), dialled(address) as peer:
        peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await peer.send(RunSatellite().event())
        await until(lambda: told == [events.HomeConnected()])
        sent = 0
        while len(told) == 1:
            await home.send(chunk)
            await asyncio.sleep(0)
            sent += 1
            assert sent < 1_000
        assert told[1:] == [events.HomeLost()]
        assert "does not read" in caplog.text


async def test_what_home_assistant_says_that_is_for_no_satellite_is_passed_over() -> None:
    told: list[events.Event] = []
    async with serving(told.append) as (_, address), dialled(address) as peer:
        await peer.send(RunSatellite().event())
        await peer.send(Event(type="user-event", data={"name": "lamp"}))
        await peer.send(Event(type="voice-stopped"))
        await until(lambda: len(told) == 2)
        assert told == [events.HomeConnected(), events.VoiceStopped()]


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        (
            TimerStarted(id="1", total_seconds=5, name="pasta").event(),
            events.TimerStarted(timer="1", seconds=5.0, name="pasta"),
        ),
        (TimerStarted(id="1", total_seconds=5).event(), events.TimerStarted(timer="1", seconds=5.0)),
        (
            TimerUpdated(id="1", is_active=False, total_seconds=3).event(),
            events.TimerUpdated(timer="1", seconds=3.0, active=False),
        ),
        (TimerCancelled(id="1").event(), events.TimerCancelled(timer="1")),
        (TimerFinished(id="1").event(), events.TimerFinished(timer="1")),
    ],
)
async def test_timers_are_told_of(event: Event, fact: events.Event) -> None:
    told: list[events.Event] = []
    async with serving(told.append) as (_, address), dialled(address) as peer:
        await peer.send(RunSatellite().event())
        await peer.send(event)
        await until(lambda: told[1:] == [fact])


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (Event(type="timer-started", data={"total_seconds": 5}), "no id"),
        (Event(type="timer-started", data={"id": "1", "total_seconds": "soon"}), "no total_seconds: 'soon'"),
        (Event(type="timer-updated", data={"id": "1", "total_seconds": 5}), "whether the timer is active"),
    ],
)
async def test_a_timer_that_is_none_ends_the_connection_and_says_why(event: Event, reason: str) -> None:
    async with serving(lambda _: None) as (_, address), dialled(address) as peer:
        await peer.send(RunSatellite().event())
        await peer.send(event)
        error = await peer.receive()
        assert error is not None
        assert reason in error.data["text"]


async def test_a_microphone_muted_long_before_the_connection_ended_was_no_goodbye() -> None:
    told: list[events.Event] = []
    async with serving(told.append, Patience(firm=0.0)) as (_, address), dialled(address) as peer:
        await peer.send(RunSatellite().event())
        await peer.send(PauseSatellite().event())
        await until(lambda: len(told) == 2)
        peer.writer.transport.abort()
        await until(lambda: told[2:] == [events.HomeLost(muted=True)])


async def test_a_sender_waits_while_there_is_no_room_and_is_told_meanwhile_that_the_satellite_lives() -> None:
    told: list[events.Event] = []
    room = asyncio.Event()
    home = HomeAssistant(info=lambda: Event(type="info"), tell=told.append, room=room, patience=Patience(ahead=0.05))
    chunk = AudioChunk(rate=22_050, width=2, channels=1, audio=bytes(2_048)).event()
    async with home.serving(ANYWHERE) as address, dialled(address) as peer:
        await peer.send(RunSatellite().event())
        await peer.send(chunk)
        for _ in range(5):
            pong = await peer.receive()
            assert pong is not None
            assert Pong.is_type(pong.type)  # for a ping that waits in the audio
        assert len(told) == 1  # the chunk waits where it is
        for number in range(5):
            await peer.send(Ping(text=f"late {number}").event())
        room.set()
        await until(lambda: len(told) == 2)
        await peer.send(Describe().event())
        texts = []
        while (answer := await peer.receive()) is not None and not Info.is_type(answer.type):
            texts.append(answer.data.get("text"))
        assert set(texts) <= {None}  # those pings had been answered
        for number in range(len(texts) + 1):
            await peer.send(Ping(text=f"new {number}").event())
        answer = await peer.receive()
        assert answer is not None
        assert answer.data["text"] == f"new {len(texts)}"  # each ping is answered once, no more and no less


async def test_nothing_is_sent_while_home_assistant_is_away() -> None:
    async with serving(lambda _: None) as (home, _):
        await home.send(Event(type="played"))


async def test_it_leaves_at_home_assistants_next_ping_which_stays_unanswered() -> None:
    left = asyncio.Event()

    async def serve_until(leave: asyncio.Event) -> None:
        async with serving(told.append, Patience(leave=10.0)) as (_, at):
            address.set_result(at)
            await leave.wait()
        left.set()

    told: list[events.Event] = []
    address: asyncio.Future[Address] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve_until(leave))
        async with dialled(await address) as peer:
            await peer.send(RunSatellite().event())
            await until(lambda: told)
            leave.set()
            await peer.send(Describe().event())
            assert await peer.receive() == Event(type="info")  # it is still there
            assert not left.is_set()
            await peer.send(Ping().event())
            async with asyncio.timeout(PATIENCE_SECONDS):
                assert await peer.reader.read() == b""  # an end, not a reset, and no pong before it
                await left.wait()
