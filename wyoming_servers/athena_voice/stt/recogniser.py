"""pocketsphinx with a language model of one home's sentences, and the nearest of them. Blocking throughout.

Beside the home's sentences the language model has the commonest English words, each a little likely after any other:
what is not a sentence of the home is then heard as what it is, rather than bent into a deed.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pocketsphinx import Config, Decoder, LogMath, NGramModel, get_model_path
from pocketsphinx.lm import ArpaBoLM

from ..audio import Samples
from ..errors import EngineError
from .engine import Learned, Recognition
from .nearest import Nearest
from .sentences import Sentence
from .speech import speech_of

_FILLERS: Final = 1500
_FILLER_SHARE: Final = 0.5
"""Words that are of no sentence of the home, for each that is."""

_SEARCH: Final = {
    "cmn": "batch",
    "bestpath": False,  # over a lattice as wide as this it takes a minute
    # wider than usual: the model is small, so a thorough search is quick
    "beam": 1e-60,
    "wbeam": 1e-40,
    "pbeam": 1e-60,
    "lpbeam": 1e-50,
    "lponlybeam": 1e-40,
    "fwdflatbeam": 1e-64,
    "fwdflatwbeam": 1e-40,
    "loglevel": "FATAL",
}

type Dictionary = Mapping[str, Sequence[tuple[str, str]]]
"""For each word the lines of the dictionary: the word as it is written there, and its phones."""


class Recogniser:
    """The sentences of one home. One utterance at a time."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        dictionary = _dictionary()
        missing = {word for sentence in sentences for word in sentence.words} - dictionary.keys()
        known = [sentence for sentence in sentences if missing.isdisjoint(sentence.words)]
        self.learned = Learned(sentences=len(known), unpronounceable=tuple(sorted(missing)))
        self._texts = {sentence.words: sentence.text for sentence in known}
        words = {word for sentence in known for word in sentence.words}
        fillers = [word for word in _common_words() if word not in words][:_FILLERS]
        self._nearest = Nearest(self._texts, {word: dictionary[word][0][1].split() for word in (*words, *fillers)})
        self._decoder = _decoder(self._texts, fillers, dictionary) if known else None

    def recognise(self, samples: Samples) -> Recognition:
        """Return the sentence that was said, or none."""
        heard = self._decode(speech_of(samples))
        match = self._nearest.find(tuple(heard.split()))
        if match is None:
            return Recognition(text="", heard=heard, distance=1.0)
        text = self._texts[match.words] if match.certain else ""
        return Recognition(text=text, heard=heard, distance=match.distance)

    def _decode(self, speech: Samples) -> str:
        if self._decoder is None or not len(speech):
            return ""
        self._decoder.start_utt()
        self._decoder.process_raw(speech.tobytes(), full_utt=True)
        self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        return str(hypothesis.hypstr) if hypothesis else ""


@cache
def _dictionary() -> Dictionary:
    lines: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    with Path(get_model_path("en-us/cmudict-en-us.dict")).open(encoding="utf-8") as file:
        for line in file:
            written, _, phones = line.strip().partition(" ")
            lines[written.partition("(")[0]].append((written, phones))
    return dict(lines)


@cache
def _common_words() -> tuple[str, ...]:
    """Return the words of the dictionary, the commonest first."""
    model = NGramModel(Config(loglevel="FATAL"), LogMath(), get_model_path("en-us/en-us.lm.bin"))
    return tuple(sorted(filter(str.isalpha, _dictionary()), key=lambda word: model.prob([word]), reverse=True))


def _decoder(sentences: Iterable[Sequence[str]], fillers: Sequence[str], dictionary: Dictionary) -> Decoder:
    model = ArpaBoLM(text="".join(f"{' '.join(words)}\n" for words in sentences), add_start=True)
    total = sum(model.grams_1.values())
    spoken = {*model.grams_1, *fillers} - {"<s>", "</s>"}
    ranks = [1 / (rank + 20) for rank in range(len(fillers))]
    for word, rank in zip(fillers, ranks, strict=True):
        model.grams_1[word] += _FILLER_SHARE * total * rank / sum(ranks)
    model.compute()
    with tempfile.TemporaryDirectory(prefix="athena-stt-") as folder:
        language_model, words = Path(folder, "home.arpa"), Path(folder, "home.dict")
        lines = [f"{written} {phones}\n" for word in sorted(spoken) for written, phones in dictionary[word]]
        words.write_text("".join(lines), encoding="utf-8")
        with language_model.open("w", encoding="utf-8") as file:
            model.write(file)
        try:
            return Decoder(hmm=get_model_path("en-us/en-us"), dict=str(words), lm=str(language_model), **_SEARCH)
        except RuntimeError as err:
            raise EngineError(f"pocketsphinx cannot learn the home's sentences: {err}") from err
