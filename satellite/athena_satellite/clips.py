"""The satellite's own lines, synthesised while the text-to-speech server can be reached and kept for when it cannot."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.tts import Synthesize

from .address import Address
from .audio import Format, format_of
from .errors import PeerError
from .peer import Peer, connect
from .turn.phrases import Line

_SYNTHESIS_SECONDS: Final = 30.0
_MAX_CLIP_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A line as audio."""

    form: Format
    audio: bytes


class Clips:
    """One clip for each line, once the server has spoken it: those that are always kept, and those that timers need."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._clips: dict[str, Clip] = {}
        self._kept: dict[str, str | None] = {}  # the turn in which each was first wanted
        self._changed = asyncio.Event()

    def get(self, line: str) -> Clip | None:
        """Return the clip of a line, or None while it is not there yet."""
        return self._clips.get(line)

    def keep(self, lines: Iterable[str], turn: str | None) -> None:
        """Keep these lines too, and no longer those that were kept before."""
        self._kept = {line: self._kept.get(line, turn) for line in lines}
        for line in [line for line in self._clips if line not in self._kept and line not in set(Line)]:
            del self._clips[line]
        self._changed.set()

    async def run(self, up: Callable[[], None]) -> None:
        """Get every clip that is not there yet, for ever."""
        while True:
            self._changed.clear()
            for line, turn in self._missing():
                async with connect(self._address) as server, asyncio.timeout(_SYNTHESIS_SECONDS):
                    clip = await _synthesised(server, line, turn)
                up()
                if line in self._kept or line in set(Line):
                    self._clips[line] = clip
            await self._changed.wait()

    def _missing(self) -> Iterator[tuple[str, str | None]]:
        wanted: dict[str, str | None] = {**dict.fromkeys(map(str, Line)), **self._kept}
        return ((line, turn) for line, turn in wanted.items() if line not in self._clips)


async def _synthesised(server: Peer, line: str, turn: str | None) -> Clip:
    context = None if turn is None else {"turn": turn}
    await server.send(Synthesize(text=str(line), context=context).event())
    form: Format | None = None
    audio = bytearray()
    while True:
        event = await server.receive()
        if AudioStart.is_type(event.type):
            form = format_of(event)
        elif AudioChunk.is_type(event.type):
            audio += event.payload or b""
        elif AudioStop.is_type(event.type):
            break
        _check_length(event, form, audio)
    if form is None or not audio:
        raise PeerError(f"it made no audio of {line!r}")
    return Clip(form=form, audio=bytes(audio))


def _check_length(event: Event, form: Format | None, audio: bytearray) -> None:
    if form is None and audio:
        raise PeerError(f"it sent {event.type} before audio-start")
    if form is not None and len(audio) > _MAX_CLIP_SECONDS * form.bytes_per_second:
        raise PeerError(f"it made more than {_MAX_CLIP_SECONDS:.0f} s of audio of one line")
