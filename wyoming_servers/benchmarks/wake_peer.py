"""The peer of `script/bench wake`: the packages used as OHF-Voice's Wyoming servers do, inference on the event loop.

Each connection has features and a model of its own, made when its audio starts.
"""

import argparse
import asyncio
import time
from functools import partial

import numpy as np
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model
from pyopen_wakeword import Model as OpenModel
from pyopen_wakeword import OpenWakeWord, OpenWakeWordFeatures
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import Describe, Info
from wyoming.server import AsyncEventHandler, AsyncTcpServer
from wyoming.wake import Detection, NotDetected

from athena_voice.audio import Samples

_THRESHOLD = 0.5


class MicroPeer:
    """microWakeWord, as wyoming-microwakeword uses it."""

    def __init__(self, word: str) -> None:
        self._features = MicroWakeWordFeatures()
        self._model = MicroWakeWord.from_builtin(Model(word))

    def hear(self, samples: Samples) -> bool:
        """Return whether the word was said."""
        heard = False
        for features in self._features.process_streaming(samples.tobytes()):
            heard = bool(self._model.process_streaming(features)) or heard
        return heard


class OpenPeer:
    """openWakeWord, as wyoming-openwakeword 2 uses it."""

    def __init__(self, word: str) -> None:
        self._features = OpenWakeWordFeatures.from_builtin()
        self._model = OpenWakeWord.from_builtin(OpenModel(word))

    def hear(self, samples: Samples) -> bool:
        """Return whether the word was said."""
        return any(
            probability > _THRESHOLD
            for embedding in self._features.process_streaming(samples.tobytes())
            for probability in self._model.process_streaming(embedding)
        )


PEERS: dict[str, type[MicroPeer | OpenPeer]] = {"microwakeword": MicroPeer, "openwakeword": OpenPeer}


class Handler(AsyncEventHandler):
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, engine: str) -> None:
        super().__init__(reader, writer)
        self._engine = engine
        self._peer: MicroPeer | OpenPeer | None = None
        self._said_at: float | None = None

    async def handle_event(self, event: Event) -> bool:
        """Answer an event."""
        if Describe.is_type(event.type):
            await self.write_event(Info().event())
        elif AudioStart.is_type(event.type):
            self._peer, self._said_at = PEERS[self._engine]("hey_jarvis"), None
        elif AudioChunk.is_type(event.type) and self._peer is not None:
            said = self._peer.hear(np.frombuffer(event.payload or b"", np.int16))
            if said and (self._said_at is None or time.monotonic() - self._said_at > 2):
                self._said_at = time.monotonic()
                await self.write_event(Detection(name="hey_jarvis").event())
        elif AudioStop.is_type(event.type) and self._said_at is None:
            await self.write_event(NotDetected().event())
        return True


async def _serve(engine: str) -> None:
    server = AsyncTcpServer("127.0.0.1", 0)
    await server.start(partial(Handler, engine=engine))
    listening = server._server  # noqa: SLF001 (it tells nowhere else which port it got)
    assert isinstance(listening, asyncio.Server)
    print(f"listening on tcp://127.0.0.1:{listening.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=sorted(PEERS), required=True)
    asyncio.run(_serve(parser.parse_args().engine))
