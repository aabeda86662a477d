"""What is said to the benchmark: sentences of a home, such wishes in other words, and what is no wish at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from athena_voice.stt.home_file import read
from athena_voice.stt.sentences import COMMAND, PIN, Manners, Sentence, Spelling, expand, manners, spelling

from .deeds import Deeds

TEXTS: Final = Path(__file__).with_name("texts")
HOME: Final = TEXTS / "home.yaml"
COMMANDS: Final = 420
"""How many sentences of the home are said."""

MORE: Final = 40
"""How many of each further kind: answers, follow-ups …"""
PINS: Final = 25

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
    spelling: Spelling | None
    manners: Manners
    deeds: Deeds

    @classmethod
    def read(cls, path: Path) -> "Home":
        """Return the home of a file. Blocking."""
        vocabulary = read(path)
        sentences = expand(vocabulary)
        ways = manners(vocabulary.language)
        deeds = Deeds(vocabulary, sentences, ways.opposites)
        return cls(path=path, sentences=sentences, spelling=spelling(vocabulary), manners=ways, deeds=deeds)

    @property
    def further_kinds(self) -> tuple[str, ...]:
        """The kinds of sentences that are no commands in full."""
        return tuple(dict.fromkeys(sentence.kind for sentence in self.sentences if sentence.kind != COMMAND))

    def commands(self, count: int, seed: int, kind: str = COMMAND) -> list[Utterance]:
        """Return sentences of all shapes, as evenly as there are any; a third of them with manners around."""
        rng = np.random.default_rng(seed)
        shapes: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            if sentence.kind == kind:
                shapes[self.deeds.shape(sentence.said)].append(sentence)
        for shape in sorted(shapes):
            rng.shuffle(shapes[shape])
        dealt: list[Sentence] = []
        while len(dealt) < count and shapes:
            dealt += [shapes[shape].pop() for shape in rng.permutation(sorted(shapes))]
            shapes = defaultdict(list, {shape: left for shape, left in shapes.items() if left})
        return [
            Utterance(
                kind=kind,
                text=_politely(sentence.said, self.manners, rng) if number % 3 == 0 else sentence.said,
                means=(sentence.text,),
            )
            for number, sentence in enumerate(dealt[:count])
        ]

    def pins(self, count: int, seed: int) -> list[Utterance]:
        """Return numbers of four to six digits, said digit by digit; none where no PIN is asked for."""
        if self.spelling is None:
            return []
        rng = np.random.default_rng(seed)
        numbers = ["".join(map(str, rng.integers(10, size=rng.integers(4, 7)))) for _ in range(count)]
        return [
            Utterance(kind=PIN, text=" ".join(self.spelling.digits[digit][0] for digit in number), means=(number,))
            for number in numbers
        ]

    def otherwise(self) -> list[Utterance]:
        """Return wishes in words that are not the home's."""
        utterances = []
        commands = {self.deeds.of(sentence.said) for sentence in self.sentences if sentence.kind == COMMAND}
        for line in lines(TEXTS / "otherwise.txt"):
            said, _, means = line.partition(" => ")
            sentences = tuple(map(self.deeds.sentence, means.split(" | ")))
            if all(sentences) and self.deeds.of(said) not in commands:
                known = self.deeds.sentence(said)  # by now it may be one of the home's, and no command
                utterances.append(Utterance(kind=OTHERWISE, text=said, means=(*sentences, *filter(None, [known]))))
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
        return self.deeds.sentence(words) or self._spelt(words)

    def _spelt(self, words: str) -> str:
        """Return the number that is said digit by digit, or nothing."""
        if self.spelling is None:
            return ""
        known = {word: digit for digit, said in self.spelling.digits.items() for word in (digit, *said)}
        digits = "".join(known.get(word, " ") for word in words.replace("-", " ").split())
        return digits if digits.isdigit() and len(digits) >= self.spelling.shortest else ""


def all_said(home: Home, *, seed: int, every: int) -> list[Utterance]:
    """Return all utterances of the benchmark, or one of so many."""
    kinds: Sequence[Iterable[Utterance]] = (
        home.commands(COMMANDS, seed),
        home.otherwise(),
        home.others(),
        *(home.commands(MORE, seed, kind) for kind in home.further_kinds),
        home.pins(PINS, seed),
    )
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
