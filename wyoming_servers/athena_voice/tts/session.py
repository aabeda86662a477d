"""Wyoming for text to speech: a whole text, or a text that is still being written."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Final, Protocol

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped, SynthesizeVoice

from ..messages import decoded, text_of
from ..service import Send
from .clauses import Clauses, Ending, Piece
from .metrics import TtsMetrics
from .speech import Chosen, Speech
from .spoken import spoken

_SENTENCE_PAUSE: Final = 0.2
"""Seconds; about a breath: without it sentences run together, and after a longer one a listener thinks it is over."""
_CLAUSE_PAUSE: Final = 0.15
"""Seconds; near what voices leave at a comma (eSpeak NG: 0.18), but less than between sentences: it is still one."""
_PAUSES: Final = {Ending.SENTENCE: _SENTENCE_PAUSE, Ending.CLAUSE: _CLAUSE_PAUSE, Ending.WORD: 0.0}

_LONGEST: Final = 400
"""Characters of a piece; about half a minute of speech, which is the most that waits in memory for a slow client."""
_LONGEST_SLOW: Final = 200
"""The same where a piece is made whole before it sounds: nobody waits longer for another's piece."""


class Speaks(Protocol):
    """What a session needs of the server."""

    @property
    def metrics(self) -> TtsMetrics:
        """What it counts."""

    async def speech(self) -> Speech:
        """Return what speaks, once the engine is loaded."""

    async def chosen(self, asked: SynthesizeVoice | None) -> Chosen:
        """Return who is asked for; raise a RequestError for nobody."""


class TtsSession:
    """One client."""

    def __init__(self, server: Speaks, send: Send) -> None:
        self._server = server
        self._send = send
        self._streaming = False
        self._who: Chosen | None = None  # None while streaming: refused
        self._clauses: Clauses | None = None
        self._sounding = False
        self._pause = 0.0
        self._asked: float | None = None  # when the first piece was known, until it sounds

    async def handle(self, event: Event) -> None:
        """Speak what is asked for; synthesis is in a thread."""
        if SynthesizeStart.is_type(event.type):
            self._streaming = True
            await self._begin(decoded(SynthesizeStart.from_event, event).voice)
        elif SynthesizeChunk.is_type(event.type) and self._streaming:
            text = text_of(event)
            if self._clauses is not None:
                await self._say(self._clauses.add(text))
        elif SynthesizeStop.is_type(event.type) and self._streaming:
            self._streaming = False
            await self._end()
            await self._send(SynthesizeStopped().event())
        elif Synthesize.is_type(event.type) and not self._streaming:
            # While streaming it repeats the whole text, for servers that cannot stream.
            text = text_of(event)
            await self._begin(decoded(Synthesize.from_event, event).voice)
            if self._clauses is not None:
                await self._say(self._clauses.add(text))
            await self._end()

    async def close(self) -> None:
        """Nothing is kept; what is being spoken has been cancelled."""

    async def _begin(self, asked: SynthesizeVoice | None) -> None:
        self._clauses, self._sounding, self._pause, self._asked = None, False, 0.0, None
        self._who = await self._server.chosen(asked)
        slow = (await self._server.speech()).engine.slow
        self._clauses = Clauses(longest=_LONGEST_SLOW if slow else _LONGEST, early=slow)

    async def _end(self) -> None:
        if self._clauses is not None:
            await self._say(self._clauses.finish())
            await self._sound(b"")
            await self._send(AudioStop().event())

    async def _say(self, pieces: Iterable[Piece]) -> None:
        speech = await self._server.speech()
        for piece in pieces:
            if self._who is not None and (text := spoken(piece.text)):
                if not self._sounding and self._asked is None:
                    self._asked = time.monotonic()
                await speech.say(text, self._who, self._sound)
                self._pause = _PAUSES[piece.ending]
            else:
                await asyncio.sleep(0)  # there may be a hundred thousand of them, and others want to be served

    async def _sound(self, sound: bytes) -> None:
        """Send sound, after the pause that is due; a text begins without one, and ends without one."""
        form = (await self._server.speech()).format
        if not self._sounding:
            self._sounding, self._pause = True, 0.0
            await self._send(AudioStart(**asdict(form)).event())
        if sound:
            if self._asked is not None:
                self._server.metrics.first_audio(time.monotonic() - self._asked)
                self._asked = None
            pause, self._pause = form.bytes_of(self._pause), 0.0
            if pause:
                await self._send(AudioChunk(**asdict(form), audio=bytes(pause)).event())
            await self._send(AudioChunk(**asdict(form), audio=sound).event())
