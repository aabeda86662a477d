"""Whisper, by the library faster-whisper: transcribes anything, on machines that have a model of it.

Nothing is downloaded, ever: a model is a folder, or a name that is in the local cache of Hugging Face already.
"""

import asyncio
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from wyoming.info import AsrModel, AsrProgram, Attribution

from ...audio import RATE, Samples
from ...errors import EngineError, ModelError, SettingsError
from ..vocabulary import Vocabulary, language_of
from ..worker import Worker

# Threads that spin while they wait make decoding on a busy machine several times slower; read when the library loads.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
from faster_whisper import WhisperModel, available_models
from faster_whisper.tokenizer import _LANGUAGE_CODES
from faster_whisper.utils import _MODELS, download_model
from faster_whisper.vad import get_vad_model

_LOGGER = logging.getLogger(__name__)

DEADLINE_SECONDS: Final = 20.0
"""From the end of an utterance to its transcript; nobody waits longer for a lamp."""

# Where OpenAI's whisper/transcribe.py takes a decoding for a failure, or for silence. There a text that the decoder is
# sure of outweighs silence, and "Thank you." comes out of it; here it does not.
_NO_SPEECH: Final = 0.6
_LOG_PROBABILITY: Final = -1.0
_COMPRESSION: Final = 2.4

_MULTILINGUAL: Final = 51_865
"""So many tokens has a model of many languages; CTranslate2 tells it from a model of English by that, too."""
_TOKENS: Final = 200
"""Of one transcript: 30 s of quick speech have about 150. Ends a decoder that repeats itself."""
_PARTS: Final = ("model.bin", "config.json", "tokenizer.json")  # without tokenizer.json the library would fetch one


class FasterWhisperEngine:
    """One model; the home's names are its hint."""

    def __init__(self, *, model: str | None = None, compute_type: str = "default", device: str = "auto") -> None:
        """Find the model; raise EngineError, with what to do, where there is none. Blocking."""
        self._folder = _folder(model)
        self._name = str(model)
        self._compute_type = compute_type
        self._device = device
        self._languages = _languages(self._folder)
        self._language = self._languages[0] if len(self._languages) == 1 else None
        self._worker = Worker("whisper")
        self._loading = asyncio.Event()
        """Set when the worker is told to load: what it is given from then on finds a model."""
        # These two belong to the worker.
        self._model: Any = None
        self._prompt = ""

    def program(self) -> AsrProgram:
        """Return what Home Assistant is told."""
        return AsrProgram(
            name="Whisper",
            description="Transcribes anything, by faster-whisper",
            attribution=Attribution(name="SYSTRAN", url="https://github.com/SYSTRAN/faster-whisper"),
            installed=True,
            version=version("faster-whisper"),
            prefers_noise_reduction_enabled=False,  # it is trained on speech as it is
            models=[
                AsrModel(
                    name=Path(self._name).name,
                    description=f"Whisper, {self._name}",
                    attribution=Attribution(name="OpenAI", url="https://github.com/openai/whisper"),
                    installed=True,
                    version=None,
                    languages=list(self._languages),
                )
            ],
        )

    async def run(self, ready: Callable[[], None]) -> None:
        """Load the model, in the thread that will decode; raise EngineError where that cannot be."""
        try:
            self._loading.set()
            await self._worker.do(self._load)
            ready()
            await asyncio.Event().wait()
        finally:
            self._worker.end()

    async def learn(self, vocabulary: Vocabulary) -> int:
        """Expect these names from now on."""
        language = language_of(vocabulary.language)
        if language not in self._languages:
            raise EngineError(f"{self._name} has no {language!r}, the language of the home; it has {self._spoken()}")
        await self._loading.wait()
        await self._worker.do(lambda: self._expect(vocabulary))
        self._language = language
        _LOGGER.info("%d names of the home are known", len(tuple(vocabulary.names())))
        return 0

    async def transcribe(self, samples: Samples, language: str | None) -> str:
        """Return what was said; raise BusyError past the queue's bound, EngineError past the deadline."""
        await self._loading.wait()
        gone = threading.Event()
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                return await self._worker.hear(lambda: self._decode(samples, language or self._language, gone))
        except TimeoutError as err:
            raise EngineError(
                f"Whisper was not done {DEADLINE_SECONDS:.0f} s after the utterance; a smaller model is quicker"
            ) from err
        finally:
            gone.set()

    def problems(self) -> Sequence[str]:
        """Say nothing: it hears without the home's names, too."""
        return ()

    def _load(self) -> None:
        binary = self._folder / "model.bin"
        try:
            self._model = WhisperModel(str(self._folder), device=self._device, compute_type=self._compute_type)
            get_vad_model()
            list(self._segments(np.zeros(RATE, np.int16), self._language or "en", speech_only=False))
        except Exception as err:  # tokenizers raises nothing narrower
            self._model = None
            how = f"device {self._device}, compute type {self._compute_type}, {binary.stat().st_size} bytes"
            raise ModelError(binary, f"{err} ({how})") from err

    def _expect(self, vocabulary: Vocabulary) -> None:
        """Keep as many names as a prompt may hold."""
        if self._model is None:
            return
        room = self._model.max_length // 2 - 1  # as in OpenAI's whisper/decoding.py; the library cuts what is longer
        if "distil" in self._name:
            room = 52  # wyoming-faster-whisper: these break above it
        names: list[str] = []
        self._prompt = ""
        for name in vocabulary.names():
            names.append(name)
            prompt = _prompt(names, language_of(vocabulary.language))
            if len(self._model.hf_tokenizer.encode(f" {prompt}", add_special_tokens=False).ids) > room:
                break
            self._prompt = prompt

    def _decode(self, samples: Samples, language: str | None, gone: threading.Event) -> str:
        if self._model is None:
            raise EngineError("Whisper is not loaded")
        texts = []
        try:
            for segment in self._segments(samples, language) if len(samples) else ():
                if gone.is_set():
                    break
                if _is_speech(segment):
                    texts.append(segment.text.strip())
        except (RuntimeError, ValueError) as err:
            raise EngineError(f"Whisper cannot transcribe this: {err}") from err
        return " ".join(texts)

    def _segments(self, samples: Samples, language: str | None, *, speech_only: bool = True) -> Iterator[Any]:
        segments, _ = self._model.transcribe(
            samples.astype(np.float32) / 32_768,
            language=language,
            beam_size=5,
            temperature=0.0,  # what it is not sure of is rejected, and not tried five times more
            condition_on_previous_text=False,
            without_timestamps=True,
            max_new_tokens=_TOKENS,
            hotwords=self._prompt or None,
            vad_filter=speech_only,
        )
        return iter(segments)

    def _spoken(self) -> str:
        return ", ".join(self._languages)


def _prompt(names: Sequence[str], language: str) -> str:
    """Return names as Whisper takes them for what was said before; a command helps more than a list."""
    if language == "en":
        return f"Turn on the {', the '.join(names).lower()}."
    return f"{', '.join(names)}."


def _is_speech(segment: Any) -> bool:
    return (
        segment.no_speech_prob <= _NO_SPEECH
        and segment.avg_logprob >= _LOG_PROBABILITY
        and segment.compression_ratio <= _COMPRESSION
        and any(map(str.isalnum, segment.text))
    )


def _folder(model: str | None) -> Path:
    if not model:
        raise SettingsError(
            "--engine faster-whisper needs --model: the folder of a CTranslate2 Whisper model, or the name of one that "
            "is on this machine, like small"
        )
    folder = Path(model).expanduser()
    if not folder.is_dir():
        if model[0] in "/.~" or folder.exists():
            raise EngineError(f"{model} is no folder, so it is no Whisper model")
        folder = _cached(model)
    missing = [name for name in _PARTS if not (folder / name).is_file()]
    if not any(folder.glob("vocabulary.*")):
        missing.append("vocabulary.json")
    if missing:
        raise ModelError(folder, f"it is no Whisper model of CTranslate2, for {missing[0]} is missing")
    for path in folder.glob("*.json"):
        _json(path)
    return folder


def _cached(model: str) -> Path:
    try:
        return Path(download_model(model, local_files_only=True))
    except ValueError as err:
        raise EngineError(
            f"{model!r} is neither a folder nor a model's name; names are {', '.join(sorted(available_models()))}"
        ) from err
    except OSError as err:
        raise EngineError(
            f"the model {model} is not on this machine, and a server downloads nothing; fetch it once with: "
            f"hf download {_MODELS.get(model, model)}"
        ) from err


def _languages(folder: Path) -> tuple[str, ...]:
    """Return the languages of a model, without loading it."""
    listed = folder / "vocabulary.json"
    lines = folder / "vocabulary.txt"
    tokens = len(_json(listed)) if listed.is_file() else len(lines.read_bytes().splitlines())
    return tuple(_LANGUAGE_CODES) if tokens >= _MULTILINGUAL else ("en",)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as err:
        raise ModelError(path, f"it is broken ({err}); fetch it again") from err
