"""microWakeWord: small models that run on every 30 ms of audio."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Final, override

import numpy as np
from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

from athena_voice.audio import RATE, Samples
from athena_voice.wake.engine import Detector, Heard, WakeEngine, WakeWord

STEP: Final = 160
"""Samples of one feature, 10 ms."""

REFRACTORY: Final = 2 * RATE
"""Samples for which a word that was heard is not heard again."""

_RISE: Final = 0.5
_HISTORY: Final = 100
_MEMORY: Final = 2 * RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How the end of a word shows in a model's probabilities: measured, milliseconds.

    Three synthesised voices, three speeds, eight words following at once or after a pause: 90 % of the ends are found to
    within 60 ms, and none so late that a syllable of the next word is lost.
    """

    rise_to_end: int
    """From the step at which the probability rises to the end of the word."""
    margin: int
    """What the estimate is taken back by, so that it errs early."""


LAGS: Final = {
    "hey_jarvis": Lag(rise_to_end=40, margin=70),
    "okay_nabu": Lag(rise_to_end=60, margin=120),
    "hey_mycroft": Lag(rise_to_end=180, margin=180),
    "alexa": Lag(rise_to_end=-100, margin=80),
}


class MicroWakeWordEngine(WakeEngine):
    """The models inside the `pymicro-wakeword` package."""

    name = "microWakeWord"
    version = version("pymicro-wakeword")

    @override
    def words(self) -> tuple[WakeWord, ...]:
        folder = files("pymicro_wakeword") / "models"
        configs = {model.value: json.loads((folder / f"{model.value}.json").read_text("utf-8")) for model in Model}
        return tuple(
            WakeWord(name=name, phrase=config["wake_word"], languages=tuple(config.get("trained_languages", ["en"])))
            for name, config in configs.items()
        )

    @override
    def detector(self, names: Sequence[str]) -> Detector:
        return MicroDetector([_WordDetector(name) for name in names])


class MicroDetector(Detector):
    """One stream's features, and the words heard in them."""

    def __init__(self, words: Sequence["_WordDetector"]) -> None:
        self._words = words
        self._features = MicroWakeWordFeatures()
        self._at = 0
        self._rest = np.zeros(0, np.int16)
        self._recent = np.zeros(0, np.int16)

    @override
    def hear(self, samples: Samples) -> Sequence[Heard]:
        heard: list[Heard] = []
        audio = np.concatenate([self._rest, samples])
        whole = len(audio) - len(audio) % STEP
        self._rest = audio[whole:]
        for start in range(0, whole, STEP):
            step = audio[start : start + STEP]
            self._at += STEP
            self._recent = np.concatenate([self._recent[-_MEMORY:], step])
            for feature in self._features.process_streaming(step.tobytes()):
                for word in self._words:
                    if (end := word.hear(feature, self._at)) is not None:
                        heard.append(Heard(name=word.name, end=self._refine(end, word.lag)))
        return heard

    def _refine(self, end: int, lag: Lag) -> int:
        """Return the pause nearest after the estimate, if there is one: nothing is said there, so nothing is lost."""
        first = self._at - len(self._recent)
        energy = _energies(self._recent)
        near = max(0, (end - first) // STEP)
        loud = np.percentile(energy[max(0, near - 60) : max(1, near)], 85)
        floor = energy[-200:].min()
        quiet = energy < max(0.1 * loud, 2 * floor)
        run = 0
        for step in range(max(0, near - 12), len(energy)):
            run = run + 1 if quiet[step] else 0
            begin = step - run + 1
            if begin > near + 6:
                break
            if run >= 5 or (run >= 3 and step == len(energy) - 1):
                return first + (begin + 1) * STEP
        return end - lag.margin * RATE // 1000


class _WordDetector:
    """One model on one stream."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lag = LAGS[name]
        self._model = MicroWakeWord.from_builtin(Model(name))
        self._history: deque[tuple[int, float]] = deque(maxlen=_HISTORY)
        self._deaf_until = 0

    def hear(self, feature: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", at: int) -> int | None:
        """Return the estimated end of the word if it has just been heard, in samples of the stream."""
        mean = self._model.process_streaming_prob(feature)
        probabilities = self._model._probabilities  # noqa: SLF001 - the mean alone does not tell when it rose
        if not probabilities:
            return None
        self._history.append((at, probabilities[-1]))
        if mean is None or mean <= self._model.probability_cutoff or at < self._deaf_until:
            return None
        self._deaf_until = at + REFRACTORY
        rose = at
        for moment, probability in reversed(self._history):
            if probability <= _RISE:
                break
            rose = moment
        return min(rose + self.lag.rise_to_end * RATE // 1000, at)


def _energies(samples: Samples) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    steps = samples[: len(samples) - len(samples) % STEP].reshape(-1, STEP).astype(np.float64)
    return np.sqrt((steps**2).mean(axis=1))
