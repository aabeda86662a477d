"""What is said of the thing that was last spoken of, without naming it: "faster", "okay, off", "a little more"."""

from collections.abc import Iterator
from typing import Final

from ...home import Situation
from ...reading import Plan, Which
from ..language.words import NUMBER, Said
from .compounds import Compounds

STEPS: Final = frozenset({"volume_up", "volume_down", "increase_speed", "decrease_speed"})
"""Actions that go on where they are done again."""
STEPPED: Final = frozenset({"brightness_step", "brightness_step_pct"})


class Ellipses:
    """Reads them in the light of the turn before."""

    def __init__(self, compounds: Compounds) -> None:
        self.compounds = compounds
        self.lexicon = compounds.lexicon
        file = self.lexicon.files["asides"]
        self._repairs = self.lexicon.phrases(file["repairs"])
        self._more = self.lexicon.phrases(file["more"])
        self._more_of_it = self.lexicon.phrases(file["more_of_it"])

    def read(self, said: Said, situation: Situation) -> Plan | Which | None:
        """Return what is meant; None where nothing was spoken of, or this names something itself."""
        if not situation.about:
            return None
        for rest, is_repair in self._rests(said):
            for each in self._of_it(rest):
                if (reading := self.compounds.read(each, situation)) is not None:
                    return reading
            is_command = (
                len(rest) > 1
                and rest.words[0] in self.lexicon.verbs
                and self.lexicon.kind_nouns.at(rest.words, 0) is None
            )
            if is_repair and is_command and (reading := self.compounds.read(rest, situation)) is not None:
                return reading
        return None

    def again(self, said: Said, situation: Situation) -> Plan | None:
        """Return the last step once more, where only that is said."""
        found = (self._again(rest, situation) for rest, _ in self._rests(said))
        return next((plan for plan in found if plan is not None), None)

    def _rests(self, said: Said) -> Iterator[tuple[Said, bool]]:
        """Yield the utterance, and what is left of it behind "no", "never mind", "okay"."""
        start = 0
        yield said, False
        while start < len(said) and (found := self._repairs.at(said.words, start)) is not None:
            start += found[0]
            while start < len(said) and said.words[start] == ",":
                start += 1
            if start < len(said):
                yield said.part(start, len(said)), True

    def _again(self, rest: Said, situation: Situation) -> Plan | None:
        """Return the last step once more: "more", after "louder"."""
        last = situation.last
        if last is None or not last.deeds or self._more_of_it.whole(rest.words) is None:
            return None
        is_step = all(deed.action in STEPS or STEPPED & deed.data.keys() for deed in last.deeds)
        return Plan(steps=last.deeds) if is_step else None

    def _of_it(self, rest: Said) -> Iterator[Said]:
        """Yield what names nothing, said of it: "it faster", "it 1 degree more"."""
        lexicon = self.lexicon
        words = rest.words
        bare = tuple(word for word in words if lexicon.again.whole((word,)) is None)
        particles = [length for length in range(1, len(bare) + 1) if bare[-length:] in lexicon.particles]
        led = bare[: len(bare) - max(particles)] if particles else None
        if led is not None and (
            not led or lexicon.little.whole(led) is not None or lexicon.much.whole(led) is not None
        ):
            yield _said((*lexicon.pronoun, *led, *bare[len(led) :]))
        for place in range(len(words)):
            if (found := self._more.at(words, place)) is not None and any(NUMBER.fullmatch(word) for word in words):
                more = words[place : place + found[0]]
                yield _said((*lexicon.pronoun, *words[:place], *words[place + found[0] :], *more))


def _said(words: tuple[str, ...]) -> Said:
    return Said(words, tuple(False for _ in words))
