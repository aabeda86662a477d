"""Athena's own sentences: hassil templates, a folder a language."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from hassil import Intents, RecognizeResult, TextSlotList, recognize_best, sample_intents
from hassil.util import merge_dict
from homeassistant.util.yaml import load_yaml_dict

FOLDER: Final = Path(__file__).parent.parent / "sentences"

type Areas = Iterable[tuple[str, str]]
"""Each name by which an area is called, with the area's id."""


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

    def recognize(self, text: str, areas: Areas) -> RecognizeResult | None:
        """Return the intent that the text means, or None where it is none of Athena's."""
        return recognize_best(text, self._intents, slot_lists=_slot_lists(areas), language=self.language)

    def samples(self, areas: Areas) -> list[str]:
        """Return every sentence in full, sorted."""
        found = sample_intents(self._intents, slot_lists=_slot_lists(areas) | self._intents.slot_lists)
        return sorted({" ".join(sentence.split()) for _intent, sentence in found})


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


def _slot_lists(areas: Areas) -> dict[str, Any]:
    return {"area": TextSlotList.from_tuples(areas, name="area", allow_template=False)}


def _address_pattern(greetings: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    greeting, name = ("|".join(map(re.escape, words)) for words in (greetings, names))
    return re.compile(rf"^\s*(?:(?:{greeting})\s+)?(?:{name})\b[\s,.:!…-]*", re.IGNORECASE)
