"""The real model, a home of three areas, and eSpeak NG to say things to it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soxr

from athena_voice.audio import RATE, Samples
from athena_voice.stt.recogniser.model import Model, folder_of_package
from athena_voice.stt.recogniser.recogniser import Recogniser
from athena_voice.stt.sentences import expand
from athena_voice.stt.vocabulary import parse
from athena_voice.tts.engine import HOME_FORMAT, EngineSettings
from athena_voice.tts.engines.espeak import EspeakEngine

from ..home import vocabulary

type Say = Callable[[str], Samples]


@pytest.fixture(scope="session")
def folder() -> Path:
    return folder_of_package()


@pytest.fixture(scope="session")
def model(folder: Path) -> Model:
    return Model(folder)


@pytest.fixture(scope="session")
def recogniser(model: Model) -> Recogniser:
    return Recogniser(model, expand(parse(vocabulary())))


@pytest.fixture(scope="session")
def say() -> Say:
    """Return what eSpeak NG says, with the silence that Home Assistant leaves after it."""
    engine = EspeakEngine(EngineSettings(words_a_minute=150, folder=Path()))

    def said(text: str) -> Samples:
        chunks: list[bytes] = []

        def keep(chunk: bytes) -> bool:
            chunks.append(chunk)
            return True

        engine.speak(text, voice="en-us", speaker=None, sink=keep)
        speech = np.frombuffer(b"".join(chunks), np.int16).astype(np.float32)
        heard = soxr.resample(speech, HOME_FORMAT.rate, RATE).astype(np.int16)
        return np.concatenate((heard, np.zeros(RATE * 7 // 10, np.int16)))

    return said
