"""The peer of the text-to-speech benchmark: how wyoming-piper 2.5 speaks, in a few lines, with our engine.

One lock for all clients; each sentence is made on the event loop, whole, into a temporary WAV file; then it is sent.
"""

import argparse
import asyncio
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import async_read_event, async_write_event
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize

from athena_voice.tts.choice import choose
from athena_voice.tts.clauses import Clauses
from athena_voice.tts.engine import EngineSettings, TtsEngine

_SAMPLES: Final = 1024
"""Of one event, as upstream's."""


class Peer:
    """A server of Wyoming events."""

    def __init__(self, engine: TtsEngine) -> None:
        self._engine = engine
        self._lock = asyncio.Lock()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client to its end."""
        while (event := await async_read_event(reader)) is not None:
            if Describe.is_type(event.type):
                await async_write_event(Info(tts=[self._engine.program()]).event(), writer)
            elif Synthesize.is_type(event.type):
                await self._say(Synthesize.from_event(event).text, writer)
        writer.close()

    async def _say(self, text: str, writer: asyncio.StreamWriter) -> None:
        form = self._engine.format
        kind = {"rate": form.rate, "width": form.width, "channels": form.channels}
        await async_write_event(AudioStart(**kind).event(), writer)
        clauses = Clauses(longest=10_000, early=False)
        for sentence in (*clauses.add(text), *clauses.finish()):
            async with self._lock:
                for sound in self._made(sentence.text):
                    await async_write_event(AudioChunk(**kind, audio=sound).event(), writer)
        await async_write_event(AudioStop().event(), writer)

    def _made(self, text: str) -> Iterator[bytes]:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            with wave.open(file.name, "wb") as wav:
                wav.setnchannels(self._engine.format.channels)
                wav.setsampwidth(self._engine.format.width)
                wav.setframerate(self._engine.format.rate)

                def sink(sound: bytes) -> bool:
                    wav.writeframes(sound)
                    return True

                self._engine.speak(text, voice=self._engine.voices[0].name, speaker=None, sink=sink)
            with wave.open(file.name, "rb") as made:
                while sound := made.readframes(_SAMPLES):
                    yield sound


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("--voices", type=Path)
    arguments = parser.parse_args()
    choice = choose(arguments.engine, voices=arguments.voices, voice=None)
    peer = Peer(choice.make(EngineSettings(words_a_minute=160, folder=choice.folder)))
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    print(f"peer listening on tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
