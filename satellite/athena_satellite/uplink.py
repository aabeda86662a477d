"""What Home Assistant is sent of a turn: the wake word, what was heard since, and that its reply was played."""

import asyncio
from typing import Final

from wyoming.audio import AudioChunk, AudioStop
from wyoming.event import Event
from wyoming.pipeline import PipelineStage, RunPipeline
from wyoming.snd import Played
from wyoming.wake import Detection

from .audio import HEARD
from .home_assistant import HomeAssistant
from .ring_buffer import RingBuffer
from .trace import Trace
from .turn import commands

_CHUNK_SAMPLES: Final = HEARD.rate // 10
"""The most that is sent in one piece of what was heard already."""


class Uplink:
    """One stream at a time, from the ring to Home Assistant."""

    def __init__(self, *, home: HomeAssistant, ring: RingBuffer, pre_roll_seconds: float, trace: Trace) -> None:
        self._home = home
        self._ring = ring
        self._pre_roll_samples = int(pre_roll_seconds * HEARD.rate)
        self._trace = trace
        self._stream: asyncio.Task[None] | None = None

    def start(self, order: commands.StartStreaming, tasks: asyncio.TaskGroup) -> None:
        """Ask for a turn, then send all that was heard since the wake word ended, and what is heard from now on."""
        self._stream = tasks.create_task(self._turn(order))

    def wake(self, order: commands.StartWaking, tasks: asyncio.TaskGroup) -> None:
        """Send what is heard from now on, for Home Assistant to find the wake word in, and the command after it."""
        self._stream = tasks.create_task(self._wake(ask=order.ask))

    async def stop(self) -> None:
        """Send nothing more, and say so."""
        if self._stream is not None:
            self._stream.cancel()
            self._stream = None
            await self._home.send(AudioStop().event())

    async def abandon(self) -> None:
        """End a pipeline that Home Assistant may still be running.

        There is no event for that, and the next turn must not meet the old one: Home Assistant would take the new
        turn's audio for yet another and call it a duplicate. A pipeline that is to speak, without a text, replaces the
        old one and fails at once.
        """
        await self._home.send(RunPipeline(start_stage=PipelineStage.TTS, end_stage=PipelineStage.TTS).event())

    async def played(self) -> None:
        """Tell that the last sample of the reply or announcement has left the speaker."""
        await self._home.send(Played().event())

    async def _turn(self, order: commands.StartStreaming) -> None:
        position = self._ring.end
        if order.name is not None:
            await self._home.send(Detection(name=order.name).event())
        if order.position is not None:
            position = min(max(order.position - self._pre_roll_samples, self._ring.start), self._ring.end)
        await self._home.send(RunPipeline(start_stage=PipelineStage.ASR, end_stage=PipelineStage.TTS).event())
        await self._send_from(position, order.turn)

    async def _wake(self, *, ask: bool) -> None:
        """Home Assistant begins each next run by itself, but for those that ended with an error.

        To ask it while one of its own runs would set it going without end: each run it begins ends the one before,
        whose end makes it begin another.
        """
        if ask:
            await self._home.send(
                RunPipeline(start_stage=PipelineStage.WAKE, end_stage=PipelineStage.TTS, restart_on_end=True).event()
            )
        await self._send_from(self._ring.end, None)

    async def _send_from(self, position: int, turn: str | None) -> None:
        cursor = begin = position
        while True:
            span = self._ring.read(cursor, _CHUNK_SAMPLES)
            if span.audio:
                await self._home.send(_chunk(span.audio, milliseconds=(span.start - begin) * 1000 // HEARD.rate))
                if cursor == begin and turn is not None:
                    self._trace.write("streaming", turn)
                cursor = span.end
            else:
                await self._ring.beyond(cursor)


def _chunk(audio: bytes, *, milliseconds: int) -> Event:
    return AudioChunk(
        rate=HEARD.rate, width=HEARD.width, channels=HEARD.channels, audio=audio, timestamp=milliseconds
    ).event()
