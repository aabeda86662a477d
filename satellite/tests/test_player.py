"""The queue before the speaker."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar, Self, override

import pytest

from athena_satellite import player
from athena_satellite.address import Address
from athena_satellite.audio import Format
from athena_satellite.clips import Clips
from athena_satellite.errors import DeviceError
from athena_satellite.player import Player
from athena_satellite.speakers import Speaker
from athena_satellite.supervise import supervise
from athena_satellite.turn import events
from athena_satellite.turn.phrases import Line
from tests.conftest import until

FORM = Format(rate=1_000, width=2, channels=1)


class Ear(Speaker):
    """A speaker that keeps what it played, and fails or hangs where a test wants it."""

    KIND: ClassVar[str] = "ear"

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.broken = False
        self.cancelled = 0

    @override
    @classmethod
    def create(cls, argument: str) -> Self:
        return cls()

    @override
    async def check(self) -> None:
        pass

    @override
    async def play(self, audio: AsyncIterator[bytes], form: Format, began: Callable[[], None]) -> float:
        if self.broken:
            raise DeviceError("unplugged")
        self.heard.append(b"")
        try:
            async for piece in audio:
                if not self.heard[-1]:
                    began()
                self.heard[-1] += piece
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return len(self.heard[-1]) / form.bytes_per_second


class Bench:
    def __init__(self) -> None:
        self.ear = Ear()
        self.told: list[events.Event] = []
        self.player = Player(self.ear, Clips(Address("127.0.0.1", 1)), self.told.append)


@asynccontextmanager
async def playing() -> AsyncIterator[Bench]:
    bench = Bench()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(supervise("Speaker", bench.player.run, retry_seconds=0))
        yield bench
        running.cancel()


def ended(number: int, seconds: float) -> list[events.Event]:
    return [events.PlaybackBegan(playback=number), events.PlaybackEnded(playback=number, seconds=seconds)]


async def test_one_thing_after_the_other_in_the_order_they_began() -> None:
    async with playing() as bench:
        bench.player.play(1, FORM)
        bench.player.play(2, FORM)
        bench.player.feed(2, b"bb")
        bench.player.finish(2)
        bench.player.feed(1, b"aa")
        bench.player.feed(1, b"aaaa")
        bench.player.finish(1)
        await until(lambda: len(bench.told) == 4)
        assert bench.told == ended(1, 0.003) + ended(2, 0.001)
        assert bench.ear.heard == [b"aaaaaa", b"bb"]


async def test_what_is_stopped_while_it_plays_or_waits_is_heard_no_more_and_the_next_plays() -> None:
    async with playing() as bench:
        for number in (1, 2, 3):
            bench.player.play(number, FORM)
            bench.player.feed(number, bytes(400))
        await until(lambda: bench.told)
        bench.player.stop(1)
        bench.player.stop(2)
        bench.player.finish(3)
        await until(lambda: len(bench.told) == 3)
        assert bench.told[1:] == ended(3, 0.2)
        assert bench.ear.cancelled == 1


async def test_a_speaker_that_fails_is_told_of_and_the_next_plays_once_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    async with playing() as bench:
        bench.ear.broken = True
        for number in (1, 2):
            bench.player.play(number, FORM)
        await until(lambda: len(bench.told) == 2)
        assert bench.told == [events.PlaybackFailed(playback=number, reason="unplugged") for number in (1, 2)]
        bench.ear.broken = False
        bench.player.play(3, FORM)
        bench.player.feed(3, b"xx")
        bench.player.finish(3)
        await until(lambda: len(bench.told) == 4)
        assert bench.told[2:] == ended(3, 0.001)
    assert [record.getMessage() for record in caplog.records] == [
        "Speaker is away: unplugged; trying again",
        "Speaker is back",
    ]


async def test_a_line_without_a_clip_fails_at_once_and_says_which(caplog: pytest.LogCaptureFixture) -> None:
    async with playing() as bench:
        bench.player.say(1, Line.OFFLINE)
        assert bench.told == [events.PlaybackFailed(playback=1, reason="there is no clip of it")]
    assert '"I\'m offline." is not said' in caplog.text


async def test_there_is_room_again_once_enough_has_been_played_and_nothing_is_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(player, "MAX_WAITING_BYTES", 2_000)
    async with playing() as bench:
        sent = bytes(range(250)) * 16  # 2 s
        bench.player.play(1, FORM)
        for offset in range(0, len(sent), 400):
            bench.player.feed(1, sent[offset : offset + 400])
        assert not bench.player.room.is_set()
        await bench.player.room.wait()
        assert len(bench.ear.heard[0]) < len(sent)
        bench.player.finish(1)
        await until(lambda: len(bench.told) == 2)
        assert bench.told == ended(1, 2.0)
        assert bench.ear.heard == [sent]


async def test_what_is_stopped_makes_room_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "MAX_WAITING_BYTES", 2_000)
    async with playing() as bench:
        bench.player.play(1, FORM)
        bench.player.feed(1, bytes(4_000))
        assert not bench.player.room.is_set()
        bench.player.stop(1)
        assert bench.player.room.is_set()


async def test_orders_for_what_is_over_change_nothing() -> None:
    async with playing() as bench:
        bench.player.feed(9, b"xx")
        bench.player.finish(9)
        bench.player.stop(9)
        assert bench.told == []
