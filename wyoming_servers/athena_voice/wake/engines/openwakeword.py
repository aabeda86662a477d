"""openWakeWord: the models and the library that lie in the package `pyopen-wakeword`.

The package's own feature extractor begins each stream with 8 seconds of nothing, half a second of work. Here a stream
begins where that would end: with what the networks make of silence, which is the same each time.
"""

import contextlib
import ctypes
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from wyoming.info import Attribution, WakeProgram

from ...audio import Samples
from ...errors import ModelError
from .. import model_files
from ..engine import Score, Word, wake_models
from ..tflite import Network
from ..word_end import Bias

if sys.platform != "linux":
    raise ImportError("openWakeWord is built for Linux only; --engine microwakeword runs here")

import pyopen_wakeword
from pyopen_wakeword.wakeword import TfLiteWakeWord

type Features = NDArray[np.float32]

_PACKAGE: Final = "pyopen-wakeword"
_LICENCE: Final = "CC BY-NC-SA 4.0, not for commercial use"
_FOLDER: Final = Path(pyopen_wakeword.__file__).parent
_MODELS: Final = _FOLDER / "models"
_FEATURES: Final = ("melspectrogram", "embedding_model")
_THRESHOLD: Final = 0.5
"""openWakeWord's own default; its models carry none."""
_STEP: Final = 1280
_WINDOW: Final = 1760
"""Samples of which the spectrum of a step is made."""
_MELS: Final = (76, 32)
_NEW_MELS: Final = 8
_EMBEDDING: Final = 96
_LONGEST: Final = 120
"""Embeddings, one each 80 ms, on which a model may look back."""

_BIAS: Final = {
    "alexa": Bias(lead_ms=-110, margin_ms=90, hold_ms=160),
    "hey_jarvis": Bias(lead_ms=-100, margin_ms=100, hold_ms=160),
    "hey_mycroft": Bias(lead_ms=-250, margin_ms=150, hold_ms=160),
    "hey_rhasspy": Bias(lead_ms=-10, margin_ms=130, hold_ms=160),
    "okay_nabu": Bias(lead_ms=-320, margin_ms=200, hold_ms=160),
}
_UNMEASURED: Final = Bias(lead_ms=0, margin_ms=150, hold_ms=160)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Networks:
    """What one thread needs. The networks keep no state, so the streams take turns with them."""

    mel: Network
    embedding: Network
    heads: Mapping[str, Network]

    def spectrum(self, audio: Features) -> Features:
        """Return the newest part of the spectrum of _WINDOW samples, as the embedding's network wants it."""
        return cast("Features", self.mel(audio).reshape(-1, _MELS[1])[-_NEW_MELS:] / 10 + 2)


class OpenWakeWordEngine:
    """The five models of the package, and one's own."""

    def __init__(self, *, models: Path | None = None) -> None:
        library = TfLiteWakeWord(next((_FOLDER / "lib").glob("*tensorflowlite_c.*"))).lib
        builtin = [path for path in sorted(_MODELS.glob("*.tflite")) if path.stem not in _FEATURES]
        paths = {path.stem: path for path in (*builtin, *model_files.own(models, ".tflite"))}
        heads = model_files.load(paths.values(), lambda path: _head(library, path))
        self._words = {name: _word(name) for name in heads}
        self._pool = _Pool(library, [paths[name] for name in heads])
        with self._pool.borrowed() as networks:
            spectrum = networks.spectrum(np.zeros(_WINDOW, np.float32))
            self._silent_mels = np.tile(spectrum[-1], (_MELS[0], 1))
            self._silent_embedding = networks.embedding(self._silent_mels)
        self._windows = {name: head.input_shape[1] for name, head in heads.items()}

    @property
    def words(self) -> Mapping[str, Word]:
        """The wake words, by the names of their models."""
        return self._words

    def program(self) -> WakeProgram:
        """Return what Home Assistant is told."""
        author = Attribution(name=f"David Scripka ({_LICENCE})", url="https://github.com/dscripka/openWakeWord")
        return WakeProgram(
            name="openWakeWord",
            description=f"Wake words by openWakeWord; its models are {_LICENCE}",
            attribution=Attribution(name="Michael Hansen", url="https://github.com/rhasspy/pyopen-wakeword"),
            installed=True,
            version=version(_PACKAGE),
            models=wake_models(self._words, author, version(_PACKAGE)),
        )

    def open(self, names: Iterable[str]) -> "OpenWakeWordScorer":
        """Return a scorer of these models for a new stream, as if it had heard silence until now."""
        windows = {name: self._windows[name] for name in names}
        return OpenWakeWordScorer(self._pool, windows, self._silent_mels, self._silent_embedding)


class OpenWakeWordScorer:
    """One stream: 25 KB of what it heard last; the networks are everybody's."""

    step = _STEP

    def __init__(self, pool: "_Pool", windows: Mapping[str, int], mels: Features, embedding: Features) -> None:
        self._pool = pool
        self._windows = windows
        self._audio = np.zeros(_WINDOW, np.float32)
        self._mels = mels
        self._embeddings = np.tile(embedding, (max(windows.values()), 1))
        self._heard = 0

    def hear(self, samples: Samples) -> list[Score]:
        """Return what the models say, now that _STEP samples came."""
        self._heard += len(samples)
        self._audio = np.concatenate((self._audio[_STEP:], samples.astype(np.float32)))
        with self._pool.borrowed() as networks:
            self._mels = np.concatenate((self._mels[_NEW_MELS:], networks.spectrum(self._audio)))
            embedding = networks.embedding(self._mels)[np.newaxis]
            self._embeddings = np.concatenate((self._embeddings[1:], embedding))
            return [self._score(name, networks.heads[name]) for name in self._windows]

    def _score(self, name: str, head: Network) -> Score:
        value = float(head(self._embeddings[-self._windows[name] :])[0])
        return Score(name=name, at=self._heard, value=value, probability=value)


class _Pool:
    """Lends networks to one thread at a time; there come to be as many sets as threads have been at work at once."""

    def __init__(self, library: ctypes.CDLL, paths: Iterable[Path]) -> None:
        self._library = library
        self._paths = list(paths)
        self._free: LifoQueue[_Networks] = LifoQueue()

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[_Networks]:
        """Lend a set, until the end of a block."""
        try:
            networks = self._free.get_nowait()
        except Empty:
            networks = self._made()
        try:
            yield networks
        finally:
            self._free.put(networks)

    def _made(self) -> _Networks:
        return _Networks(
            mel=Network(self._library, _MODELS / "melspectrogram.tflite", shape=(1, _WINDOW), fast=True),
            embedding=Network(self._library, _MODELS / "embedding_model.tflite", shape=(1, *_MELS, 1), fast=True),
            heads={path.stem: _head(self._library, path) for path in self._paths},
        )


def _head(library: ctypes.CDLL, path: Path) -> Network:
    """Load the network of one wake word; raise ModelError when it is none."""
    network = Network(library, path, fast=True)
    shape = network.input_shape
    if len(shape) != 3 or not 1 <= shape[1] <= _LONGEST or shape[2] != _EMBEDDING or network.output_bytes != 4:
        raise ModelError(path, f"it is no model for openWakeWord (its input is {shape})")
    return network


def _word(name: str) -> Word:
    return Word(
        phrase=name.replace("_", " ").title(),
        languages=("en",),
        threshold=_THRESHOLD,
        bias=_BIAS.get(name, _UNMEASURED),
    )
