"""Athena's own sentences: hassil templates, a folder a language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from hassil import Intents, RecognizeResult, TextSlotList, recognize_best
from hassil.intents import SlotList
from hassil.sample import sample_sentence
from hassil.util import merge_dict
from homeassistant.util.yaml import load_yaml_dict

FOLDER: Final = Path(__file__).parent.parent / "sentences"

RINGING: Final = "ringing"
"""The context of sentences that mean something only while an alarm rings: "five more minutes"."""

type Called = Iterable[tuple[str, str]]
"""Each name by which something is called, with what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What this home has that sentences name."""

    areas: Called = ()
    """The rooms, by their area ids."""
    scenes: Called = ()
    """The user's own scenes."""
    ringing: bool = False
    """An alarm rings where the speaker is."""


class Sentences:
    """The sentences of one language."""

    def __init__(self, language: str, merged: dict[str, Any]) -> None:
        address = merged.pop("address", {})
        self.language = language
        self._intents = Intents.from_dict(merged)
        self._address = _address_pattern(address.get("greetings", []), address.get("names", []))

    def without_address(self, text: str) -> str:
        """Return what is asked, without the name of the one who is asked."""
        return self._address.sub("", text, count=1) or text

    def recognize(self, text: str, home: Home) -> RecognizeResult | None:
        """Return the intent that the text means, or None where it is none of Athena's."""
        return recognize_best(
            text,
            self._intents,
            slot_lists=self._slot_lists(home),
            intent_context={RINGING: home.ringing},
            language=self.language,
        )

    def samples(self, home: Home) -> list[str]:
        """Return every sentence in full, sorted; not the ones with times, which are too many, and not those of need."""
        lists = self._intents.slot_lists | self._slot_lists(home)
        return sorted(
            {
                " ".join(text.split())
                for intent in self._intents.intents.values()
                for data in intent.data
                if (data.metadata or {}).get("sampled", True)
                for sentence in data.sentences
                for text in sample_sentence(sentence, lists, self._intents.expansion_rules, language=self.language)
            }
        )

    def _slot_lists(self, home: Home) -> dict[str, SlotList]:
        scenes = self._intents.slot_lists.get("scene")
        known = scenes.values if isinstance(scenes, TextSlotList) else []
        return {
            "area": _list("area", home.areas),
            "scene": TextSlotList(name="scene", values=[*known, *_list("scene", home.scenes).values]),
        }


def slots_of(result: RecognizeResult) -> dict[str, Any]:
    """Return what was named, by slot; a list where several were ("on Mondays and Fridays")."""
    values: dict[str, list[Any]] = {}
    for entity in result.entities_list:
        values.setdefault(entity.name, []).append(entity.value)
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}


@cache
def load_sentences(language: str) -> Sentences:
    """Read the files of a language (blocking, once); raise FileNotFoundError where there is none."""
    merged: dict[str, Any] = {}
    files = sorted((FOLDER / language).glob("*.yaml"))
    if not files:
        raise FileNotFoundError(f"Athena has no sentences in {language!r}")
    for file in files:
        merge_dict(merged, dict(load_yaml_dict(str(file))))
    return Sentences(language, merged)


def _list(name: str, called: Called) -> TextSlotList:
    return TextSlotList.from_tuples(called, name=name, allow_template=False)


def _address_pattern(greetings: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    greeting, name = ("|".join(map(re.escape, words)) for words in (greetings, names))
    return re.compile(rf"^\s*(?:(?:{greeting})\s+)?(?:{name})\b[\s,.:!…-]*", re.IGNORECASE)
