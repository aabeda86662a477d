"""What may stand where a sentence leaves the words free: a name of a timer, a song, an item of a list."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

WORD = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeWords:
    """What holds for all free words of a language."""

    longest: int = 12
    """Words: nobody names anything with more."""
    never: tuple[str, ...] = ()
    """What stands in none: two wishes in one sentence (" and turn ")."""

    def allows(self, said: str, only: Mapping[str, Any], names: Collection[str]) -> bool:
        """Return whether these words may be meant.

        `only`, of one slot: `begins`, words with one of which it begins; `not`, what it is not; `not_begins`, words
        with which it does not begin; `not_ends`, the same of its end; `not_named`, whether it may not name a thing of
        the home.
        """
        words = WORD.findall(said.casefold())
        plain = " ".join(words)
        if not words or len(words) > self.longest or any(f" {part} " in f" {plain} " for part in self.never):
            return False
        if "begins" in only and not _begins(plain, only["begins"]):
            return False
        if plain in only.get("not", ()) or _begins(plain, only.get("not_begins", ())):
            return False
        if any(plain == end or plain.endswith(f" {end}") for end in only.get("not_ends", ())):
            return False
        return not (only.get("not_named") and names_a_thing(said, names))


def names_a_thing(text: str, names: Collection[str]) -> bool:
    """Return whether a thing of the home is named in a text; its names are casefolded."""
    said = f" {' '.join(WORD.findall(text.casefold()))} "
    return any(f" {name} " in said for name in names)


def _begins(plain: str, beginnings: Collection[str]) -> bool:
    return any(plain == beginning or plain.startswith(f"{beginning} ") for beginning in beginnings)
