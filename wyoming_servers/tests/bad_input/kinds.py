"""The three servers, each with something it can be asked for."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStop
from wyoming.tts import Synthesize
from wyoming.wake import Detect, Detection

from athena_voice.audio import Samples
from athena_voice.service import Service
from athena_voice.stt.service import SttService
from athena_voice.tts.service import TtsService
from athena_voice.wake.service import WakeService

from ..conftest import AUDIO, Client, Running, recording, until
from ..stt.home import vocabulary
from ..stt.peer import HomeAssistantPeer

SILENCE = np.zeros(16_000, np.int16)
COMMAND = "turn off the lights"


def wake_word() -> Samples:
    """Return "Hey Jarvis", between silences."""
    return np.concatenate((SILENCE, recording(AUDIO / "slt_hey_jarvis.wav").samples, SILENCE))


def command() -> Samples:
    return recording(AUDIO / "slt_turn_off_the_lights.wav").samples


async def wake(client: Client) -> None:
    """Say the wake word and hear of it."""
    await client.send(Detect(names=["hey_jarvis"]))
    await client.speak(wake_word())
    await client.send(AudioStop())
    assert Detection.from_event(await client.receive()).name == "hey_jarvis"


async def transcribe(client: Client) -> None:
    """Say a command and get its words."""
    await client.send(Transcribe(language="en"))
    await client.speak(command())
    await client.send(AudioStop())
    assert Transcript.from_event(await client.receive()).text == COMMAND


async def speak(client: Client) -> None:
    """Let a sentence be spoken."""
    await client.send(Synthesize(text="Lamp on."))
    seconds = 0.0
    while not AudioStop.is_type((event := await client.receive()).type):
        seconds += AudioChunk.from_event(event).seconds if AudioChunk.is_type(event.type) else 0.0
    assert seconds > 0.3


@asynccontextmanager
async def wake_service(_token: Path) -> AsyncIterator[Service]:
    yield WakeService()


@asynccontextmanager
async def stt_service(token: Path) -> AsyncIterator[Service]:
    peer = HomeAssistantPeer(vocabulary())
    async with peer.up():
        yield SttService(home_assistant=peer.url, token_file=token)


@asynccontextmanager
async def tts_service(_token: Path) -> AsyncIterator[Service]:
    yield TtsService(engine="espeak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One of the three."""

    make: Callable[[Path], AbstractAsyncContextManager[Service]]
    """Makes the service, with a token of the Home Assistant that it asks."""
    ask: Callable[[Client], Awaitable[None]]
    """Asks for what it is there for, and checks the answer."""


KINDS = {
    "wake": Kind(make=wake_service, ask=wake),
    "stt": Kind(make=stt_service, ask=transcribe),
    "tts": Kind(make=tts_service, ask=speak),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One of the three, running."""

    kind: Kind
    running: Running
    service: Service

    def count(self, name: str, **labels: str) -> float:
        """Return one of its numbers."""
        value = self.service.metrics.registry.get_sample_value(f"athena_voice_{name}", labels)
        return 0.0 if value is None else value

    async def still_serves(self) -> None:
        """Check that a client of no bad intent gets what it asks for."""
        async with self.running.client() as client:
            await self.kind.ask(client)


async def until_able(service: Service) -> None:
    """Wait until the home's words are known, where they are needed."""
    await until(lambda: not service.problems())
