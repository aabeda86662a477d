"""Plays one thing after the other, and says when each began and ended."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Final

from . import events
from .audio import Format
from .clips import Clips
from .errors import SatelliteError
from .phrases import Line
from .speakers import Speaker

_LOGGER = logging.getLogger(__name__)

_MAX_WAITING_BYTES: Final = 64 * 1024 * 1024
"""What may wait to be played: 25 minutes of a reply; Home Assistant sends as fast as the wire takes it."""


class _Playback:
    def __init__(self, number: int, form: Format) -> None:
        self.number = number
        self.form = form
        self.stopped = False
        self.task: asyncio.Task[float] | None = None
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._waiting = 0
        self._full = False

    def feed(self, audio: bytes) -> None:
        if self._full:
            return
        if self._waiting + len(audio) > _MAX_WAITING_BYTES:
            self._full = True
            _LOGGER.warning("More audio than can be kept is waiting to be played; the rest of it is dropped")
            self.finish()
        else:
            self._waiting += len(audio)
            self._pieces.put_nowait(audio)

    def finish(self) -> None:
        self._pieces.put_nowait(None)

    async def audio(self) -> AsyncIterator[bytes]:
        while (piece := await self._pieces.get()) is not None:
            self._waiting -= len(piece)
            yield piece


class Player:
    """Queues playbacks for a speaker; what is told of each bears its number."""

    def __init__(self, speaker: Speaker, clips: Clips, tell: Callable[[events.Event], None]) -> None:
        self._speaker = speaker
        self._clips = clips
        self._tell = tell
        self._queue: asyncio.Queue[_Playback] = asyncio.Queue()
        self._playbacks: dict[int, _Playback] = {}
        self._checked = False

    def play(self, number: int, form: Format) -> None:
        """Begin a playback once those before it have ended."""
        self._playbacks[number] = playback = _Playback(number, form)
        self._queue.put_nowait(playback)

    def say(self, number: int, line: Line) -> None:
        """Play a line of the satellite's own; without a clip of it the playback fails at once."""
        if (clip := self._clips.get(line)) is None:
            _LOGGER.warning("%r is not said: the text-to-speech server could not be reached yet", str(line))
            self._tell(events.PlaybackFailed(playback=number, reason="there is no clip of it"))
            return
        self.play(number, clip.form)
        self.feed(number, clip.audio)
        self.finish(number)

    def feed(self, number: int, audio: bytes) -> None:
        """Add audio to a playback that is neither finished nor over."""
        if (playback := self._playbacks.get(number)) is not None:
            playback.feed(audio)

    def finish(self, number: int) -> None:
        """Let a playback end once it has played what it was given."""
        if (playback := self._playbacks.get(number)) is not None:
            playback.finish()

    def stop(self, number: int) -> None:
        """Break a playback off; nothing more is told of it."""
        if (playback := self._playbacks.pop(number, None)) is not None:
            playback.stopped = True
            if playback.task is not None:
                playback.task.cancel()

    async def run(self, up: Callable[[], None]) -> None:
        """Play until the speaker fails; what waits is played by the next run.

        The first run fails where there is no speaker, so that this is said at the start and not when something is to
        be played; the later ones wait for that.
        """
        if not self._checked:
            self._checked = True
            await self._speaker.check()
        while True:
            playback = await self._queue.get()
            if playback.stopped:
                continue
            try:
                await self._play(playback, up)
            except* (SatelliteError, OSError) as group:
                reason = str(group.exceptions[0])
                self._tell(events.PlaybackFailed(playback=playback.number, reason=reason))
                raise
            finally:
                self._playbacks.pop(playback.number, None)

    async def _play(self, playback: _Playback, up: Callable[[], None]) -> None:
        def began() -> None:
            up()
            self._tell(events.PlaybackBegan(playback=playback.number))

        async with asyncio.TaskGroup() as tasks:
            playback.task = tasks.create_task(self._speaker.play(playback.audio(), playback.form, began))
        if not playback.stopped:
            self._tell(events.PlaybackEnded(playback=playback.number, seconds=playback.task.result()))
