"""What is said to the benchmark: sentences of a home, such wishes in other words, and what is no wish at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from athena_voice.stt.home_file import read
from athena_voice.stt.sentences import Manners, Sentence, expand, manners

from .deeds import Deeds

TEXTS: Final = Path(__file__).with_name("texts")
HOME: Final = TEXTS / "home.yaml"
COMMANDS: Final = 420
"""How many sentences of the home are said."""

COMMAND: Final = "command"
OTHERWISE: Final = "said otherwise"
LIKE_HOME: Final = "like home"
EVERYDAY: Final = "everyday"
OTHERS: Final = (LIKE_HOME, EVERYDAY)

_BEGGING: Final = (["can"], ["could"], ["would"], ["will"], ["please"])
_DO: Final = (
    *("activate", "add", "cancel", "clean", "close", "give", "lock", "lower", "mute", "open", "pause", "raise"),
    *(
        "resume",
        "return",
        "run",
        "set",
        "shut",
        "skip",
        "start",
        "stop",
        "switch",
        "turn",
        "unlock",
        "unmute",
        "vacuum",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Something that a person says."""

    kind: str
    text: str
    means: tuple[str, ...] = ()
    """The sentences of the home that are right; none where it must be rejected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home with all that may be said in it."""

    path: Path
    sentences: tuple[Sentence, ...] = field(repr=False)
    manners: Manners
    deeds: Deeds

    @classmethod
    def read(cls, path: Path) -> "Home":
        """Return the home of a file. Blocking."""
        vocabulary = read(path)
        sentences = expand(vocabulary)
        ways = manners(vocabulary.language)
        deeds = Deeds(vocabulary, sentences, ways.opposites)
        return cls(path=path, sentences=sentences, manners=ways, deeds=deeds)

    def commands(self, count: int, seed: int) -> list[Utterance]:
        """Return sentences of all shapes, as evenly as there are any; a third of them with manners around."""
        rng = np.random.default_rng(seed)
        shapes: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            shapes[self.deeds.shape(sentence.said)].append(sentence)
        for shape in sorted(shapes):
            rng.shuffle(shapes[shape])
        dealt: list[Sentence] = []
        while len(dealt) < count and shapes:
            dealt += [shapes[shape].pop() for shape in rng.permutation(sorted(shapes))]
            shapes = defaultdict(list, {shape: left for shape, left in shapes.items() if left})
        return [
            Utterance(
                kind=COMMAND,
                text=_politely(sentence.said, self.manners, rng) if number % 3 == 0 else sentence.said,
                means=(sentence.text,),
            )
            for number, sentence in enumerate(dealt[:count])
        ]

    def otherwise(self) -> list[Utterance]:
        """Return wishes in words that are not the home's."""
        utterances = []
        for line in lines(TEXTS / "otherwise.txt"):
            said, _, means = line.partition(" => ")
            sentences = tuple(map(self.deeds.sentence, means.split(" | ")))
            if all(sentences) and not self.deeds.sentence(said):
                utterances.append(Utterance(kind=OTHERWISE, text=said, means=sentences))
        return utterances

    def others(self) -> list[Utterance]:
        """Return what must be rejected."""
        files = ((LIKE_HOME, "like_home.txt"), (EVERYDAY, "everyday.txt"))
        return [
            Utterance(kind=kind, text=line)
            for kind, name in files
            for line in lines(TEXTS / name)
            if not self.deeds.sentence(line)
        ]

    def understood(self, text: str) -> str:
        """Return the sentence that a transcript is, manners aside: what Home Assistant makes of it, or nothing."""
        words = " ".join(text.lower().replace(",", "").split()).rstrip(".?! ")
        stripped = True
        while stripped:
            before = next((way for way in self.manners.before if words.startswith(f"{way} ")), "")
            after = next((way for way in self.manners.after if words.endswith(f" {way}")), "")
            stripped = bool(before or after)
            words = words.removeprefix(before).removesuffix(after).strip()
        return self.deeds.sentence(words)


def all_said(home: Home, *, seed: int, every: int) -> list[Utterance]:
    """Return all utterances of the benchmark, or one of so many."""
    kinds: Sequence[Iterable[Utterance]] = (home.commands(COMMANDS, seed), home.otherwise(), home.others())
    return [utterance for kind in kinds for utterance in list(kind)[::every]]


def lines(path: Path) -> list[str]:
    """Return the lines of a file that are no comments."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def _politely(text: str, ways: Manners, rng: np.random.Generator) -> str:
    where = rng.integers(3)
    before = rng.choice(ways.before) if where != 1 else ""
    after = rng.choice(ways.after) if where != 0 else ""
    if before.split()[:1] in _BEGGING and text.partition(" ")[0] not in _DO:  # nobody says "could you is it on"
        before = ""
    return " ".join(filter(None, (before, text, after)))
