"""What Home Assistant is sent of a turn."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import override

import pytest
from wyoming.event import Event

from athena_satellite.home_assistant import HomeAssistant
from athena_satellite.ring_buffer import RingBuffer
from athena_satellite.trace import Trace
from athena_satellite.turn import commands
from athena_satellite.uplink import Uplink
from tests.conftest import until
from tests.peers import room


class Sent(HomeAssistant):
    """Home Assistant's end of the wire, kept."""

    def __init__(self) -> None:
        super().__init__(info=lambda: Event(type="info"), tell=lambda _: None)
        self.events: list[Event] = []

    @override
    async def send(self, event: Event) -> None:
        self.events.append(event)

    @property
    def audio(self) -> bytes:
        return b"".join(event.payload or b"" for event in self.events if event.type == "audio-chunk")


class Bench:
    def __init__(self) -> None:
        self.ring = RingBuffer(10.0)
        self.home = Sent()
        self.trace = io.StringIO()
        self.uplink = Uplink(home=self.home, ring=self.ring, pre_roll_seconds=0.1, trace=Trace(self.trace))


@asynccontextmanager
async def streaming(position: int, heard: bytes) -> AsyncIterator[Bench]:
    bench = Bench()
    bench.ring.append(heard)
    async with asyncio.TaskGroup() as tasks:
        bench.uplink.start(commands.StartStreaming(turn="t1", name="hey_jarvis", position=position), tasks)
        yield bench
        await bench.uplink.stop()


async def test_first_all_that_was_heard_since_the_wake_word_then_what_is_heard_from_now_on() -> None:
    heard = room(2.0, level=2_000)
    async with streaming(16_000, heard) as bench:
        await until(lambda: len(bench.home.audio) == 32_000 + 3_200)
        bench.ring.append(room(0.03, level=9_000))
        await until(lambda: len(bench.home.audio) == 32_000 + 3_200 + 960)
    assert bench.home.audio == heard[32_000 - 3_200 :] + room(0.03, level=9_000)
    assert [event.type for event in bench.home.events[:2]] == ["detection", "run-pipeline"]
    assert bench.home.events[0].data["name"] == "hey_jarvis"
    assert {key: bench.home.events[1].data[key] for key in ("start_stage", "end_stage")} == {
        "start_stage": "asr",
        "end_stage": "tts",
    }
    times = [event.data["timestamp"] for event in bench.home.events if event.type == "audio-chunk"]
    assert times == [100 * number for number in range(11)] + [1_100]
    assert bench.home.events[-1].type == "audio-stop"
    assert [json.loads(line)["step"] for line in bench.trace.getvalue().splitlines()] == ["streaming"]


async def test_a_wake_word_right_at_the_start_has_nothing_before_it() -> None:
    async with streaming(100, room(0.5, level=2_000)) as bench:
        await until(lambda: len(bench.home.audio) == 16_000)


async def test_after_the_end_nothing_more_is_sent() -> None:
    async with streaming(0, room(0.5, level=2_000)) as bench:
        await until(lambda: len(bench.home.audio) == 16_000)
        await bench.uplink.stop()
        bench.ring.append(room(0.5, level=2_000))
    assert len(bench.home.audio) == 16_000
    assert [event.type for event in bench.home.events].count("audio-stop") == 1


@pytest.mark.parametrize("position", [0, 400_000])
async def test_a_position_that_is_gone_or_yet_to_come_is_taken_as_near_as_can_be(position: int) -> None:
    async with streaming(position, room(12.0, level=2_000)) as bench:
        await until(lambda: len(bench.home.events) >= 2)
        bench.ring.append(room(0.5, level=9_000))
        await until(lambda: bench.home.audio.endswith(room(0.5, level=9_000)))


async def test_a_pipeline_is_abandoned_by_one_that_has_nothing_to_say() -> None:
    bench = Bench()
    await bench.uplink.abandon()
    (event,) = bench.home.events
    assert (event.type, event.data["start_stage"], event.data["end_stage"]) == ("run-pipeline", "tts", "tts")


async def test_played_is_told() -> None:
    bench = Bench()
    await bench.uplink.played()
    assert [event.type for event in bench.home.events] == ["played"]


async def test_a_turn_that_no_wake_word_began_is_heard_from_now_on() -> None:
    bench = Bench()
    bench.ring.append(room(2.0, level=2_000))  # the end of the question, and its echo
    async with asyncio.TaskGroup() as tasks:
        bench.uplink.start(commands.StartStreaming(turn="t1.1"), tasks)
        await until(lambda: bench.home.events)
        bench.ring.append(room(0.5, level=9_000))
        await until(lambda: len(bench.home.audio) == 16_000)
        await bench.uplink.stop()
    assert [event.type for event in bench.home.events[:2]] == ["run-pipeline", "audio-chunk"]
    assert bench.home.events[0].data["start_stage"] == "asr"
    assert bench.home.audio == room(0.5, level=9_000)


@pytest.mark.parametrize("ask", [True, False])
async def test_home_assistant_gets_everything_from_now_on_to_find_the_wake_word_in(ask: bool) -> None:
    bench = Bench()
    bench.ring.append(room(2.0, level=2_000))
    async with asyncio.TaskGroup() as tasks:
        bench.uplink.wake(commands.StartWaking(ask=ask), tasks)
        await asyncio.sleep(0)
        bench.ring.append(room(0.5, level=9_000))
        await until(lambda: len(bench.home.audio) == 16_000)
        await bench.uplink.stop()
    runs = [event.data for event in bench.home.events if event.type == "run-pipeline"]
    assert [(run["start_stage"], run["end_stage"], run["restart_on_end"]) for run in runs] == [
        ("wake", "tts", True)
    ] * ask
    assert bench.home.audio == room(0.5, level=9_000)
    assert bench.trace.getvalue() == ""
