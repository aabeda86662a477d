"""What a client of the text-to-speech server does."""

import numpy as np
from numpy.typing import NDArray
from wyoming.audio import AudioChunk, AudioStop
from wyoming.event import Event
from wyoming.tts import Synthesize, SynthesizeStopped, SynthesizeVoice

from athena_voice.tts.service import TtsService

from ..conftest import Client


async def answer(client: Client, last: type[AudioStop | SynthesizeStopped]) -> list[Event]:
    """Return the events up to the last one."""
    events: list[Event] = []
    while not events or not last.is_type(events[-1].type):
        events.append(await client.receive())
    return events


def seconds(events: list[Event]) -> float:
    return sum(AudioChunk.from_event(event).seconds for event in events if AudioChunk.is_type(event.type))


async def say(client: Client, text: str, voice: SynthesizeVoice | None = None) -> list[Event]:
    await client.send(Synthesize(text=text, voice=voice))
    return await answer(client, AudioStop)


def samples(events: list[Event]) -> NDArray[np.int16]:
    """Return the sound of an answer."""
    return np.frombuffer(
        b"".join(AudioChunk.from_event(event).audio for event in events if AudioChunk.is_type(event.type)), np.int16
    )


def pieces(service: TtsService, source: str) -> float:
    """Return how many pieces came from the "cache", or the "engine"."""
    return service.metrics.registry.get_sample_value("athena_voice_phrases_total", {"source": source}) or 0.0
