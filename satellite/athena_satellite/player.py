"""Plays one thing after the other, and says when each began and ended."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from . import chimes
from .audio import Converter, Format
from .clips import Clips
from .errors import SatelliteError
from .jitter_buffer import JitterBuffer
from .speakers import Speaker
from .turn import events
from .turn.phrases import Line

_LOGGER = logging.getLogger(__name__)

MAX_WAITING_BYTES: Final = 32 * 1024 * 1024
"""What may wait to be played before the sender has to: 12 minutes of an announcement, which comes in one burst.

Memory, and not a file: a burst of that size is over before an SD card has taken it. What is longer waits where it is.
"""

OWN_FORM: Final = Format(rate=22_050, width=2, channels=1)
"""Format of the sounds that are the satellite's own: the one Home Assistant asks of its voices."""


class _Playback:
    def __init__(self, number: int, jitter: JitterBuffer) -> None:
        self.number = number
        self.jitter = jitter
        self.stopped = False
        self.task: asyncio.Task[float] | None = None


class Player:
    """Queues playbacks for a speaker; what is told of each bears its number."""

    def __init__(self, speaker: Speaker, clips: Clips, tell: Callable[[events.Event], None]) -> None:
        self.room = asyncio.Event()
        """Set while there is room for more audio."""
        self._speaker = speaker
        self._clips = clips
        self._tell = tell
        self._queue: asyncio.Queue[_Playback] = asyncio.Queue()
        self._playbacks: dict[int, _Playback] = {}
        self._checked = False
        self.room.set()

    def play(self, number: int, form: Format, *, chime: bool = False) -> None:
        """Begin a playback once those before it have ended, with a chime first where one is wanted."""
        jitter = self._begin(number, form)
        if chime:
            jitter.put(chimes.announcement(jitter.form))

    def say(self, number: int, line: Line) -> None:
        """Play a line of the satellite's own; without a clip of it the playback fails at once."""
        if (clip := self._clips.get(line)) is None:
            _LOGGER.warning("%r is not said: the text-to-speech server could not be reached yet", str(line))
            self._tell(events.PlaybackFailed(playback=number, reason="there is no clip of it"))
            return
        self.play(number, clip.form)
        self.feed(number, clip.audio)
        self.finish(number)

    def acknowledge(self, number: int) -> None:
        """Play the short sound that says: heard."""
        self._begin(number, OWN_FORM).put(chimes.heard(OWN_FORM))
        self.finish(number)

    def ring(self, number: int, lines: tuple[str, ...]) -> None:
        """Play a round of the alarm, and say each line of which there is a clip, or else that a timer is done."""
        jitter = self._begin(number, OWN_FORM)
        jitter.put(chimes.alarm(OWN_FORM))
        clips = [self._clips.get(line) or self._clips.get(Line.TIMER_DONE) for line in lines]
        for clip in dict.fromkeys(clip for clip in clips if clip is not None):
            jitter.put(Converter(clip.form, OWN_FORM).convert(clip.audio, last=True))
            jitter.put(chimes.silence(OWN_FORM, 0.8))
        self.finish(number)

    def feed(self, number: int, audio: bytes) -> None:
        """Add audio to a playback that is neither finished nor over."""
        if (playback := self._playbacks.get(number)) is not None:
            playback.jitter.feed(audio)
            self._measure()

    def finish(self, number: int) -> None:
        """Let a playback end once it has played what it was given."""
        if (playback := self._playbacks.get(number)) is not None:
            playback.jitter.finish()

    def stop(self, number: int) -> None:
        """Break a playback off; nothing more is told of it."""
        if (playback := self._playbacks.pop(number, None)) is not None:
            playback.stopped = True
            if playback.task is not None:
                playback.task.cancel()
            self._measure()

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
                self._measure()

    def _begin(self, number: int, form: Format) -> JitterBuffer:
        jitter = JitterBuffer(form, lambda: self._tell(events.PlaybackStarved(playback=number)), self._measure)
        self._playbacks[number] = playback = _Playback(number, jitter)
        self._queue.put_nowait(playback)
        return jitter

    def _measure(self) -> None:
        if sum(playback.jitter.waiting for playback in self._playbacks.values()) < MAX_WAITING_BYTES:
            self.room.set()
        else:
            self.room.clear()

    async def _play(self, playback: _Playback, up: Callable[[], None]) -> None:
        def began() -> None:
            up()
            playback.jitter.began()
            self._tell(events.PlaybackBegan(playback=playback.number))

        jitter = playback.jitter
        async with asyncio.TaskGroup() as tasks:
            playback.task = tasks.create_task(self._speaker.play(jitter.audio(), jitter.form, began))
        if not playback.stopped:
            self._tell(events.PlaybackEnded(playback=playback.number, seconds=playback.task.result()))
