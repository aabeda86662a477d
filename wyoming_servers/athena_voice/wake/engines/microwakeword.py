"""microWakeWord: the models that lie in the package `pymicro-wakeword`."""

import statistics
from collections import deque
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model
from wyoming.info import Attribution, WakeModel, WakeProgram

from ...audio import RATE, Samples
from ..engine import Wake
from ..word_end import Bias, Loudness

_PACKAGE: Final = "pymicro-wakeword"
_FEATURE: Final = RATE // 100
_FIRST_FEATURE_END: Final = 3 * _FEATURE
"""The first feature is out when the first window of 30 ms is full."""
_RISEN: Final = 0.5
_REFRACTORY: Final = 2 * RATE

_BIAS: Final = {
    "alexa": Bias(lead_ms=-100, margin_ms=80),
    "hey_jarvis": Bias(lead_ms=40, margin_ms=70),
    "hey_mycroft": Bias(lead_ms=180, margin_ms=180),
    "okay_nabu": Bias(lead_ms=60, margin_ms=120),
}
_UNMEASURED: Final = Bias(lead_ms=0, margin_ms=150)


class MicroWakeWordEngine:
    """The four models of the package, each with the cut-off and the window it came with."""

    def __init__(self) -> None:
        self._models = {model.value: MicroWakeWord.from_builtin(model) for model in Model}

    @property
    def phrases(self) -> Mapping[str, str]:
        """The name of each model, and what one says."""
        return {name: model.wake_word for name, model in self._models.items()}

    def program(self) -> WakeProgram:
        """Return what Home Assistant is told."""
        author = Attribution(name="Kevin Ahrendt", url="https://github.com/kahrendt/microWakeWord")
        return WakeProgram(
            name="microWakeWord",
            description="Wake words by microWakeWord",
            attribution=Attribution(name="OHF-Voice", url="https://github.com/OHF-Voice/pymicro-wakeword"),
            installed=True,
            version=version(_PACKAGE),
            models=[
                WakeModel(
                    name=name,
                    description=model.wake_word,
                    phrase=model.wake_word,
                    attribution=author,
                    installed=True,
                    languages=list(model.trained_languages),
                    version=version(_PACKAGE),
                )
                for name, model in sorted(self._models.items())
            ],
        )

    def open(self, names: Iterable[str]) -> "MicroWakeWordDetector":
        """Return a detector of these models for a new stream."""
        return MicroWakeWordDetector([self._models[name] for name in names])


class MicroWakeWordDetector:
    """One stream: its features are made once, for all of its words."""

    def __init__(self, models: Iterable[MicroWakeWord]) -> None:
        self._features = MicroWakeWordFeatures()
        self._loudness = Loudness()
        self._words = [_Word(model) for model in models]
        self._feature_end = _FIRST_FEATURE_END - _FEATURE
        self._deaf_until = 0

    def hear(self, samples: Samples) -> list[Wake]:
        """Return the wake words that are known to have been said, now that these samples came."""
        wakes = []
        for start in range(0, len(samples), _FEATURE):
            part = samples[start : start + _FEATURE]
            self._loudness.hear(part)
            for features in self._features.process_streaming(part.tobytes()):
                self._feature_end += _FEATURE
                wakes += self._score(features)
        return wakes

    def _score(self, features: NDArray[np.float64]) -> list[Wake]:
        wakes = []
        for word in self._words:
            rise = word.score(features, self._feature_end)
            if rise is not None and self._feature_end >= self._deaf_until:
                self._deaf_until = self._feature_end + _REFRACTORY
                wakes.append(Wake(name=word.name, end=self._loudness.word_end(rise, word.bias)))
        return wakes


class _Word:
    """One model's state in one stream."""

    def __init__(self, model: MicroWakeWord) -> None:
        self.name = model.id
        self.bias = _BIAS.get(model.id, _UNMEASURED)
        self._cutoff = model.probability_cutoff
        self._window: deque[float] = deque(maxlen=model.sliding_window_size)
        self._armed = True
        self._features = 0
        self._rise: int | None = None
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

    def score(self, features: NDArray[np.float64], end: int) -> int | None:
        """Return where the probability rose, when the word has just been said; it is armed again once it has sunk."""
        probability = self._model.process_streaming_prob(features)
        self._features += 1
        if probability is None or self._features % self._model.stride:
            return None
        self._window.append(probability)
        if probability <= _RISEN:
            self._rise = None
        elif self._rise is None:
            self._rise = end
        mean = statistics.fmean(self._window)
        if mean <= _RISEN:
            self._armed = True
        if not self._armed or len(self._window) < (self._window.maxlen or 0) or mean <= self._cutoff:
            return None
        self._armed = False
        return end if self._rise is None else self._rise
