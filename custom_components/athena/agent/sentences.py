"""Athena's own sentences: hassil templates, a folder a language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from hassil import Intents, RecognizeResult, TextSlotList, recognize_best
from hassil.intents import SlotList, WildcardSlotList
from hassil.models import MatchEntity
from hassil.sample import sample_sentence
from hassil.util import merge_dict
from homeassistant.util.yaml import load_yaml_dict

from .. import capabilities
from ..companion.capability import Capability
from .free_words import FreeWords, names_a_thing

FOLDER: Final = Path(__file__).parent.parent / "sentences"

RINGING: Final = "ringing"
"""The context of sentences that mean something only while an alarm rings: "five more minutes"."""

type Called = Iterable[tuple[str, str]]
"""Each name by which something is called, with what it is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Things:
    """What is exposed, by the names that sentences use: the same object for as long as the home is the same."""

    places: Called = ()
    """All areas: each name, with the first."""
    to_do_lists: Called = ()
    players: Called = ()
    forecasts: Called = ()
    vacuums: Called = ()
    names: frozenset[str] = frozenset()
    """All names of entities, casefolded, but for those that are an area's, too: a lamp may be called like its room."""
    switches: frozenset[str] = frozenset()
    """Of these, what is turned on and off: it is called by a part of its name, too."""

    @property
    def the_list(self) -> str | None:
        """The list that is meant where only "the list" is said."""
        lists = {name for _, name in self.to_do_lists}
        return lists.pop() if len(lists) == 1 else None


NOTHING: Final = Things()


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What this home has that sentences name."""

    areas: Called = ()
    """The rooms, by their area ids."""
    scenes: Called = ()
    """The user's own scenes."""
    ringing: bool = False
    """An alarm rings where the speaker is."""
    things: Things = NOTHING
    here: str | None = None
    """The name of the area that the speaker is in."""
    shopping: bool = False
    """Home Assistant keeps a shopping list."""

    @property
    def context(self) -> dict[str, Any]:
        """What sentences require of the home: for hassil, a value may become a slot."""
        things = self.things
        known: dict[str, Any] = {
            RINGING: self.ringing,
            "shopping": self.shopping,
            "forecast": bool(things.forecasts),
            "plays": bool(things.players),
            "vacuum": bool(things.vacuums),
        }
        slots = {"area": self.here, "name": things.the_list}
        return known | {slot: value for slot, value in slots.items() if value is not None}


class Sentences:
    """The sentences of one language."""

    def __init__(self, language: str, merged: dict[str, Any]) -> None:
        address = merged.pop("address", {})
        free = FreeWords(**merged.pop("free", {}))
        leads = merged.pop("leads", [])
        self.language = language
        self._intents = Intents.from_dict(merged)
        self._address = _address_pattern(
            address.get("greetings", []), address.get("names", []), address.get("fillers", [])
        )
        self._lead = re.compile(rf"^\s*(?:(?:{_any_of(leads)})[\s,.!…-]+)+", re.IGNORECASE) if leads else None
        self._free = free
        self._named: tuple[Things, dict[str, SlotList]] | None = None

    def without_address(self, text: str) -> str:
        """Return what is asked, without the name of the one who is asked, and without a sound of thinking."""
        return self._address.sub("", text, count=1) or text

    def recognize(self, text: str, home: Home) -> RecognizeResult | None:
        """Return the intent that the text means, or None where it is none of Athena's."""
        found = self._recognize(text, home)
        if found is not None or self._lead is None:
            return found
        led = self._lead.sub("", text)
        return self._recognize(led, home) if led not in ("", text) else None

    def _recognize(self, text: str, home: Home) -> RecognizeResult | None:
        found = recognize_best(
            text,
            self._intents,
            slot_lists=self._slot_lists(home),
            intent_context=home.context,
            language=self.language,
        )
        return found if found is not None and self._is_meant(text, found, home.things) else None

    def _is_meant(self, text: str, found: RecognizeResult, things: Things) -> bool:
        """Return whether it is not rather about something else: a thing of the home, or two wishes in one sentence."""
        metadata = found.intent_metadata or {}
        if metadata.get("yields") and names_a_thing(text, things.names):
            return False
        if metadata.get("yields_in_part") and any(
            names_a_thing(name, {entity.text.casefold().strip()})
            for entity in found.entities_list
            for name in things.switches
        ):
            return False
        free: Mapping[str, Mapping[str, Any]] = metadata.get("free", {})
        return all(
            self._free.allows(str(entity.value), free.get(entity.name, {}), things.names)
            for entity in found.entities_list
            if entity.is_wildcard
        )

    def samples(self, home: Home) -> list[str]:
        """Return every sentence in full, sorted; not the ones with times, which are too many, and not those of need."""
        lists = {
            name: WildcardSlotList(name=name) if isinstance(known, TextSlotList) and not known.values else known
            for name, known in (self._intents.slot_lists | self._slot_lists(home)).items()
        }  # a home without rooms is no surprise, of which hassil would warn
        return sorted(
            {
                " ".join(text.split())
                for intent in self._intents.intents.values()
                for data in intent.data
                if (data.metadata or {}).get("sampled", True)
                for sentence in data.sentences
                for text in sample_sentence(sentence, lists, self._intents.expansion_rules, language=self.language)
                if "{" not in text
            }
        )

    def _slot_lists(self, home: Home) -> dict[str, SlotList]:
        scenes = self._intents.slot_lists.get("scene")
        known = scenes.values if isinstance(scenes, TextSlotList) else []
        return self._lists_of(home.things) | {
            "area": _list("area", home.areas),
            "scene": TextSlotList(name="scene", values=[*known, *_list("scene", home.scenes).values]),
        }

    def _lists_of(self, things: Things) -> dict[str, SlotList]:
        """Return the lists of the home's things; a home has many, so they are made once."""
        if self._named is None or self._named[0] is not things:
            called = {
                "place": things.places,
                "to_do_list": things.to_do_lists,
                "player": things.players,
                "forecast": things.forecasts,
                "vacuum": things.vacuums,
            }
            self._named = things, {name: _list(name, values) for name, values in called.items()}
        return self._named[1]


def slots_of(result: RecognizeResult) -> dict[str, Any]:
    """Return what was named, by slot; a list where several were ("on Mondays and Fridays")."""
    values: dict[str, list[Any]] = {}
    for entity in result.entities_list:
        values.setdefault(entity.name, []).append(_plain(entity))
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


def _plain(entity: MatchEntity) -> Any:
    """Return its value: hassil leaves the blanks around free words, and has whole numbers as floats."""
    match entity.value:
        case str() as words if entity.is_wildcard:
            return words.strip(" ,.;:!?")
        case float() as number if number.is_integer():
            return int(number)
        case value:
            return value


@cache
def load_sentences(language: str) -> Sentences:
    """Read the files of a language (blocking, once); raise FileNotFoundError where there is none."""
    merged: dict[str, Any] = {}
    files = sorted((FOLDER / language).glob("*.yaml"))
    if not files:
        raise FileNotFoundError(f"Athena has no sentences in {language!r}")
    for file in files:
        merge_dict(merged, dict(load_yaml_dict(str(file))))
    for capability in capabilities.ALL:
        merge_dict(merged, _sentences_of(capability))
    return Sentences(language, merged)


def _sentences_of(capability: type[Capability]) -> dict[str, Any]:
    """Return a capability's sentences as a file has them."""
    intents = {}
    for name, templates in capability.sentences.items():
        plain = [one for one in templates if isinstance(one, str)]
        blocks = [dict(one) for one in templates if not isinstance(one, str)]
        intents[name] = {"data": [*([{"sentences": plain}] if plain else []), *blocks]}
    return {"intents": intents, "lists": dict(capability.lists), "expansion_rules": dict(capability.rules)}


def _list(name: str, called: Called) -> TextSlotList:
    return TextSlotList.from_tuples(called, name=name, allow_template=False)


def _address_pattern(greetings: Iterable[str], names: Iterable[str], fillers: Iterable[str]) -> re.Pattern[str]:
    greeting, name, filler = map(_any_of, (greetings, names, fillers))
    thinks = rf"(?:(?:{filler})\b[\s,.…-]+)" if filler else "(?:)"
    called = rf"(?:(?:{greeting})[\s,]+)?(?:{name})\b[\s,.:!…-]*"
    return re.compile(rf"^\s*{thinks}*(?:{called})?{thinks}*", re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
