"""The words of one language, as the resolver uses them. Pure: the files are read elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .words import Phrases, Speech, Words

SPEECH: Final = "speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A sort of things, as its noun says it."""

    key: str
    plural: str
    domains: frozenset[str]
    classes: frozenset[str] | None = None
    """Device classes; "" is none. None where they do not matter."""
    general: bool = False
    """With a place, the singular means all that are there ("the kitchen light")."""
    narrow: bool = False
    """Those whose own name says the noun are meant before the others."""
    named: bool = False
    """Only those whose own name says the noun are meant."""
    words: Words = ()
    """The first of its nouns."""

    def fits(self, domain: str, device_class: str | None) -> bool:
        """Return whether a thing is of this kind."""
        if domain not in self.domains or self.named:
            return False
        return (
            self.classes is None
            or domain not in ("cover", "media_player", "humidifier")
            or (device_class or "") in self.classes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One way to say what is to be done: its words, with room for others between its parts."""

    sense: str
    parts: tuple[Words, ...]
    prop: str | None = None
    kind: str | None = None
    alone: bool = True
    """It may be said of nothing: "pause"."""
    loose: bool = False
    """It stands by itself behind what it is about ("lamp on")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A state of the room that somebody complains of, and what ends it."""

    sense: str
    prop: str | None
    kind: str
    state: str | None
    """The things of the kind that count are in this state; None where it does not matter."""


class Lexicon:
    """Every word that the resolver hears, read from `sentences/<language>/words/*.yaml`.

    `files` are those by their name without ".yaml"; other parts of the resolver may keep words of their own there.
    """

    def __init__(
        self, language: str, files: Mapping[str, Mapping[str, Any]], colors: Mapping[str, tuple[int, int, int]]
    ) -> None:
        self.language = language
        self.files = files
        self.speech = Speech.of(files[SPEECH])
        self.colors = {name: colors[name] for name in colors}
        """Red, green and blue by the name written as one word ("lightblue")."""
        self._read_speech(files[SPEECH])
        self._read_things(files["things"])
        self._read_places(files["places"])
        self._read_values(files["values"])
        self._read_verbs(files["verbs"])
        self.abbreviations: Mapping[str, tuple[Words, ...]] = {
            short: tuple(self.words(each) for each in full)
            for short, full in files["respelling"]["abbreviations"].items()
        }
        """What a word of a name is short for."""
        self.nouns = frozenset(word for phrase in self.kind_nouns.meanings for word in phrase)
        """The words for kinds of things."""
        self.vocabulary = frozenset(
            word for file in files.values() for said in _texts(file) for word in self.words(said)
        )
        """Every word that means something to any part of the resolver."""

    def phrases(self, said: Iterable[str]) -> Phrases[bool]:
        """Return a lookup of phrases as they are after normalising."""
        return Phrases({self.words(each): True for each in said})

    def words(self, phrase: str) -> Words:
        """Return a phrase as the words that it is compared by."""
        return self.speech.read(phrase).words

    def _read_speech(self, file: Mapping[str, Any]) -> None:
        self.fillers = self.phrases(file["fillers"])
        self.again = self.phrases(file["again"])
        self.articles = frozenset(word for each in file["articles"] for word in self.words(each))
        self.possessives = frozenset(word for each in file["possessives"] for word in self.words(each))
        self.ones = frozenset(word for each in file["one"] for word in self.words(each))
        self.prepositions = frozenset(word for each in file["prepositions"] for word in self.words(each))
        self.joins = self.phrases(file["joins"])
        self.excepts = self.phrases(file["except"])

    def _read_things(self, file: Mapping[str, Any]) -> None:
        kinds: dict[Words, tuple[Kind, ...]] = {}
        self.kinds: dict[str, Kind] = {}
        for key, entry in file["kinds"].items():
            kind = Kind(
                key=key,
                plural=entry["plural"],
                domains=frozenset(entry["domains"]),
                classes=frozenset(entry["classes"]) if "classes" in entry else None,
                general=entry.get("general", False),
                narrow=entry.get("narrow", False),
                named=entry.get("named", False),
                words=self.words(entry["say"][0]),
            )
            self.kinds[key] = kind
            for said in entry["say"]:
                kinds[self.words(said)] = (*kinds.get(self.words(said), ()), kind)
        self.kind_nouns = Phrases(kinds)
        self.playing = self.phrases(file["playing"])
        self.everything = self.phrases(file["everything"])
        self.thing = self.phrases(file["thing"])
        self.every = self.phrases(file["every"])
        self.both = self.phrases(file["both"])
        self.them = self.phrases(file["them"])
        self.dummy = self.phrases(file["dummy"])
        self.same = self.phrases(file["same"])
        self.substitute = self.phrases(file["substitute"])
        self.pronoun = self.words(file["them"][0])
        self.part_of = frozenset(word for each in file["part_of"] for word in self.words(each))
        self.end = self.phrases(file["end"])
        self.all_of_them = Phrases(
            {self.words(said): count for count, each in file["all_of_them"].items() for said in each}
        )
        self.ordinals = Phrases({self.words(said): place for place, each in file["ordinals"].items() for said in each})
        self.begin = self.phrases(file["begin"])
        self.more = self.phrases(file["more"])

    def _read_places(self, file: Mapping[str, Any]) -> None:
        self.here = self.phrases(file["here"])
        self.everywhere = self.phrases(file["everywhere"])
        self.locatives = frozenset(word for each in file["locatives"] for word in self.words(each))
        self.place_nouns = self.phrases(file["place_nouns"])
        self.floors = Phrases({self.words(said): which for said, which in file["floors"].items()})

    def _read_values(self, file: Mapping[str, Any]) -> None:
        self.properties = Phrases(
            {self.words(said): prop for prop, all_said in file["properties"].items() for said in all_said}
        )
        self.to = self.phrases(file["to"])
        self.at = self.phrases(file["at"])
        self.as_ = self.phrases(file["as"])
        self.by = self.phrases(file["by"])
        self.units = Phrases(
            {
                self.words(said): unit
                for unit in ("percent", "degree", "fahrenheit", "celsius", "kelvin")
                for said in file[unit]
            }
        )
        self.shares = _numbers(self, file["shares"])
        self.speeds = _numbers(self, file["speeds"])
        self.whites = _numbers(self, file["whites"])
        self.little = self.phrases(file["little"])
        self.mode_in = self.phrases(file["mode_in"])
        self.mode_words = self.phrases(file["mode_words"])
        self.modes = Phrases(
            {self.words(said): self.words(mode) for mode, each in file["modes"].items() for said in each}
        )
        self.much = self.phrases(file["much"])

    def _read_verbs(self, file: Mapping[str, Any]) -> None:
        verbs: dict[str, list[Verb]] = {}
        for entry in file["verbs"]:
            for said in entry["say"]:
                verb = self._verb(said, entry)
                verbs.setdefault(verb.parts[0][0], []).append(verb)
        self.verbs: Mapping[str, Sequence[Verb]] = {
            first: sorted(each, key=lambda verb: (verb.loose, -sum(map(len, verb.parts))))
            for first, each in verbs.items()
        }
        self.particles = frozenset(verb.parts[0] for each in self.verbs.values() for verb in each if verb.loose)
        """What a verb that stands behind its object ends with ("on", "brighter")."""
        self.wishes = Phrases(
            {
                self.words(said): Wish(
                    sense=entry["sense"], prop=entry.get("prop"), kind=entry["kind"], state=entry.get("state")
                )
                for entry in file["wishes"]
                for said in entry["say"]
            }
        )

    def _verb(self, said: str, entry: Mapping[str, Any]) -> Verb:
        parts = tuple(words for part in said.split("~") if (words := self.words(part)))
        return Verb(
            sense=entry["sense"],
            parts=parts,
            prop=entry.get("prop"),
            kind=entry.get("kind"),
            alone=entry.get("alone", True),
            loose=said.startswith("~"),
        )


def _texts(part: Any) -> Iterator[str]:
    """Yield every text in a part of a file."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(part, Iterable):
        for each in part:
            yield from _texts(each)


def _numbers(lexicon: Lexicon, table: Mapping[Any, Iterable[str]]) -> Phrases[int]:
    return Phrases({lexicon.words(said): int(number) for number, all_said in table.items() for said in all_said})
