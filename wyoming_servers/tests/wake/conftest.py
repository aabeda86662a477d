"""Wake words over TCP: the words, the silence around them, and what a server hears of them."""

from collections.abc import Iterable

import numpy as np
import pytest
from wyoming.audio import AudioStart, AudioStop
from wyoming.wake import Detect, Detection, NotDetected

from athena_voice.audio import Samples
from athena_voice.wake.engines import ALL

from ..conftest import AUDIO, Client, recording

SILENCE = np.zeros(16000, np.int16)


@pytest.fixture(params=sorted(ALL))
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine that runs on this system."""
    if request.param == "openwakeword":
        pytest.importorskip("pyopen_wakeword")
    return str(request.param)


def hey_jarvis(voice: str = "slt") -> Samples:
    """Return the word with a second of silence before and after it."""
    return np.concatenate((SILENCE, recording(AUDIO / f"{voice}_hey_jarvis.wav").samples, SILENCE))


def noise(seconds: float) -> Samples:
    """The noise of a quiet room, always the same."""
    return np.random.default_rng(1).normal(0, 20, int(16000 * seconds)).astype(np.int16)


async def detections(
    client: Client, samples: Samples, *, names: Iterable[str] = ("hey_jarvis",), **speak: int
) -> list[Detection]:
    """Stream samples and return the detections until audio-stop."""
    await client.send(Detect(names=list(names)))
    await client.speak(samples, **speak)
    # A second stream's answer tells that the first is through.
    await client.send(AudioStop(), AudioStart(rate=16000, width=2, channels=1), AudioStop())
    found = []
    silent = 0
    while True:
        event = await client.receive()
        if Detection.is_type(event.type):
            found.append(Detection.from_event(event))
        else:
            assert NotDetected.is_type(event.type)
            silent += 1
            if silent == (1 if found else 2):
                return found
