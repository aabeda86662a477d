"""Phrases that were spoken once, kept to be spoken again at once: in memory, and in a folder if the user names one."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from dataclasses import astuple, dataclass
from typing import Final

from .store import PhraseFolder

LONGEST: Final = 80
"""Characters: what a home says again and again is short; a news item would only push it out."""
MEMORY_BYTES: Final = 16 * 1024 * 1024
"""Six minutes of speech: some 250 phrases."""
_WAITING: Final = 128
"""Phrases that may wait to be written, those of every day among them; more are kept in memory only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """All that the sound of a text depends on."""

    engine: str
    voice: str
    edition: str
    speaker: str | None
    words_a_minute: int
    text: str

    @property
    def digest(self) -> str:
        """Return a name for it among files."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()


class PhraseCache:
    """Bounded: what was used longest ago goes first."""

    def __init__(self, folder: PhraseFolder | None = None, *, limit: int = MEMORY_BYTES) -> None:
        self._folder = folder
        self._limit = limit
        self._sounds: OrderedDict[Phrase, bytes] = OrderedDict()
        self._unwritten: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(_WAITING)
        self.size = 0
        """Bytes of sound in memory."""

    async def open(self) -> None:
        """See what the folder has."""
        if self._folder is not None:
            await asyncio.to_thread(self._folder.open)

    async def run(self) -> None:
        """Write to the folder what is spoken, until cancelled."""
        while True:
            digest, sound = await self._unwritten.get()
            if self._folder is not None:
                await asyncio.to_thread(self._folder.put, digest, sound)

    async def get(self, phrase: Phrase) -> bytes | None:
        """Return its sound, if it is kept."""
        if (sound := self._sounds.get(phrase)) is not None:
            self._sounds.move_to_end(phrase)
            return sound
        if self._folder is None or not self._folder.has(digest := phrase.digest):
            return None
        if (sound := await asyncio.to_thread(self._folder.get, digest)) is not None:
            self._keep(phrase, sound)
        return sound

    def put(self, phrase: Phrase, sound: bytes) -> None:
        """Keep its sound; what is too long is not kept."""
        if len(phrase.text) > LONGEST or not 0 < len(sound) <= self._limit // 8:
            return
        self._keep(phrase, sound)
        if self._folder is not None and not self._unwritten.full():
            self._unwritten.put_nowait((phrase.digest, sound))

    def _keep(self, phrase: Phrase, sound: bytes) -> None:
        self.size += len(sound) - len(self._sounds.pop(phrase, b""))
        self._sounds[phrase] = sound
        while self.size > self._limit:
            self.size -= len(self._sounds.popitem(last=False)[1])
