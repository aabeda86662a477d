"""microWakeWord: the models that lie in the package `pymicro-wakeword`."""

import json
import statistics
from collections import deque
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
import pymicro_wakeword
from numpy.typing import NDArray
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures
from pymicro_wakeword.wakeword import TfLiteWakeWord
from wyoming.info import Attribution, WakeProgram

from ...audio import RATE, Samples
from ...errors import ModelError
from .. import model_files
from ..engine import Score, Word, wake_models
from ..tflite import Network
from ..word_end import Bias

_PACKAGE: Final = "pymicro-wakeword"
_FOLDER: Final = Path(pymicro_wakeword.__file__).parent
_FEATURE: Final = RATE // 100
_FEATURES: Final = 40
_FIRST_FEATURE_END: Final = 3 * _FEATURE
"""The first feature is out when the first window of 30 ms is full."""

_BIAS: Final = {
    "alexa": Bias(lead_ms=-100, margin_ms=80, hold_ms=160),
    "hey_jarvis": Bias(lead_ms=40, margin_ms=70),
    "hey_mycroft": Bias(lead_ms=180, margin_ms=180, hold_ms=160),
    "okay_nabu": Bias(lead_ms=60, margin_ms=120, hold_ms=160),
}
_UNMEASURED: Final = Bias(lead_ms=0, margin_ms=150, hold_ms=160)


class MicroWakeWordEngine:
    """The four models of the package and one's own, each with the cut-off and the window it came with."""

    def __init__(self, *, models: Path | None = None) -> None:
        builtin = sorted((_FOLDER / "models").glob("*.json"))
        paths = {path.stem: path for path in (*builtin, *model_files.own(models, ".json"))}
        self._models = model_files.load(paths.values(), _model)
        self._words = {name: _word(name, model) for name, model in self._models.items()}

    @property
    def words(self) -> Mapping[str, Word]:
        """The wake words, by the names of their models."""
        return self._words

    def program(self) -> WakeProgram:
        """Return what Home Assistant is told."""
        author = Attribution(name="Kevin Ahrendt", url="https://github.com/kahrendt/microWakeWord")
        return WakeProgram(
            name="microWakeWord",
            description="Wake words by microWakeWord",
            attribution=Attribution(name="OHF-Voice", url="https://github.com/OHF-Voice/pymicro-wakeword"),
            installed=True,
            version=version(_PACKAGE),
            models=wake_models(self._words, author, version(_PACKAGE)),
        )

    def open(self, names: Iterable[str]) -> "MicroWakeWordScorer":
        """Return a scorer of these models for a new stream."""
        return MicroWakeWordScorer({name: self._models[name] for name in names})


class MicroWakeWordScorer:
    """One stream: its features are made once, for all of its words."""

    step = _FEATURE

    def __init__(self, models: Mapping[str, MicroWakeWord]) -> None:
        self._features = MicroWakeWordFeatures()
        self._words = [_Word(name, model) for name, model in models.items()]
        self._feature_end = _FIRST_FEATURE_END - _FEATURE

    def hear(self, samples: Samples) -> list[Score]:
        """Return what the models say, now that 10 ms came."""
        scores = []
        for features in self._features.process_streaming(samples.tobytes()):
            self._feature_end += _FEATURE
            scores += [score for word in self._words if (score := word.score(features, self._feature_end)) is not None]
        return scores


class _Word:
    """One model's state in one stream."""

    def __init__(self, name: str, model: MicroWakeWord) -> None:
        self._name = name
        self._window: deque[float] = deque(maxlen=model.sliding_window_size)
        self._features = 0
        # A window of one gives each probability; the mean over the model's own window is taken here.
        self._model = MicroWakeWord(
            model.id,
            wake_word=model.wake_word,
            tflite_model=model.tflite_model,
            probability_cutoff=model.probability_cutoff,
            sliding_window_size=1,
            trained_languages=model.trained_languages,
            libtensorflowlite_c_path=model.libtensorflowlite_c_path,
        )

    def score(self, features: NDArray[np.float64], end: int) -> Score | None:
        """Return what the model says, each time that it has taken as many features as it takes at once."""
        probability = self._model.process_streaming_prob(features)
        self._features += 1
        if probability is None or self._features % self._model.stride:
            return None
        self._window.append(probability)
        # until the window is full nothing has been said, as in the package
        value = statistics.fmean(self._window) if len(self._window) == self._window.maxlen else 0.0
        return Score(name=self._name, at=end, value=value, probability=probability)


def _model(path: Path) -> MicroWakeWord:
    """Load a model by its JSON file; raise ModelError when it is none. The package would end the process over some."""
    try:
        network_path = path.parent / json.loads(path.read_text(encoding="utf-8"))["model"]
        if not network_path.is_file():
            raise ModelError(path, f"there is no {network_path.name} beside it")
        network = Network(TfLiteWakeWord(next((_FOLDER / "lib").glob("*tensorflowlite_c.*"))).lib, network_path)
        shape = network.input_shape
        if len(shape) != 3 or shape[2] != _FEATURES or network.input_bytes != shape[1] * _FEATURES:
            raise ModelError(network_path, f"it is no model for microWakeWord (its input is {shape})")
        model = MicroWakeWord.from_config(path)
        if not (0 < model.probability_cutoff < 1 and 1 <= model.sliding_window_size <= 100):
            raise ModelError(path, "its cut-off or its window is out of range")
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise ModelError(path, f"{type(err).__name__}: {err}") from err
    return model


def _word(name: str, model: MicroWakeWord) -> Word:
    return Word(
        phrase=model.wake_word,
        languages=tuple(model.trained_languages),
        threshold=model.probability_cutoff,
        bias=_BIAS.get(name, _UNMEASURED),
    )
