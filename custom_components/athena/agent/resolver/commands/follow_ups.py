"""What goes on from the turn before: "and the fan", "the same in the bedroom", "and in the kitchen"."""

from dataclasses import replace

from ....deed import Deed
from ...home import Situation
from ...reading import Plan, Which
from ..language.words import Said
from ..nouns.index import Index
from ..nouns.targets import Reach, Target, Targets
from .compounds import Compounds

SWITCHES = frozenset({"turn_on", "turn_off", "toggle"})
"""Actions that things of other domains can do, too."""


class FollowUps:
    """Reads utterances that leave out what the turn before has said."""

    def __init__(self, index: Index, targets: Targets, compounds: Compounds) -> None:
        self.index = index
        self.targets = targets
        self.compounds = compounds
        self.lexicon = index.lexicon

    def read(self, said: Said, situation: Situation) -> Plan | Which | None:
        """Return what follows from the last plan; None where the utterance stands by itself."""
        if situation.last is None or not situation.last.deeds:
            return None
        rest = self._rest(said)
        if rest is not None and rest.words in self.lexicon.particles and situation.about:
            return self.compounds.read(rest.before(self.lexicon.pronoun), situation)
        return self._again(rest, situation) if rest is not None and len(rest) else None

    def going_on(self, reading: Plan | Which, said: Said) -> Plan | Which:
        """Return what was read as more of the turn before, where it was said so ("and turn on the fan", "... too")."""
        begins = self.lexicon.more.at(said.words, 0) is not None
        if not begins and not any(self.lexicon.end.whole(said.words[place:]) for place in range(1, len(said))):
            return reading
        if isinstance(reading, Plan):
            return replace(reading, goes_on=True)
        options = (
            replace(option, reading=replace(option.reading, goes_on=True))
            if isinstance(option.reading, Plan)
            else option
            for option in reading.options
        )
        return replace(reading, options=tuple(options))

    def _rest(self, said: Said) -> Said | None:
        """Return what is said beyond "and ...", "the same ...", "... as well"; None where nothing of that is said."""
        found = self.lexicon.begin.at(said.words, 0)
        rest = said.part(found[0], len(said)) if found is not None else said
        same = self.lexicon.same.at(rest.words, 0) if len(rest) else None
        if same is not None:
            rest = rest.part(same[0], len(rest))
        ended = next((place for place in range(1, len(rest)) if self.lexicon.end.whole(rest.words[place:])), None)
        if ended is not None:
            rest = rest.part(0, ended)
        lexicon = self.lexicon
        words = tuple(
            place
            for place in range(len(rest))
            if not lexicon.fillers.whole((rest.words[place],)) and not lexicon.again.whole((rest.words[place],))
        )
        return rest.pick(words) if found is not None or same is not None or ended is not None else None

    def _again(self, noun: Said, situation: Situation) -> Plan | Which | None:
        assert situation.last is not None
        deed = situation.last.deeds[-1]
        of_domain = self.index.by_domain.get(deed.entities[0].partition(".")[0], 0) if deed.entities else 0
        can = of_domain
        if deed.action in SWITCHES and not deed.data:
            for domain in ("light", "switch", "fan", "media_player", "input_boolean", "climate", "humidifier", "siren"):
                can |= self.index.by_domain.get(domain, 0)
        alike = of_domain & self._alike(deed)
        noun = self._numbered(noun, deed)
        found = self.targets.find(noun, situation, Reach(can=can, places=alike))
        if found is None or any(target.ambiguous for target in found):
            return None
        return Plan(steps=tuple(step for target in found for step in self._deeds(deed, target)), goes_on=True)

    def _numbered(self, noun: Said, deed: Deed) -> Said:
        """Return a number with the name that it goes on from: "two as well", after "spot one"."""
        last = self.index.home.entities.get(deed.entities[-1]) if deed.entities else None
        if last is None or len(noun) != 1 or not noun.words[0].isdigit():
            return noun
        for name in self.index.names_of(last):
            if len(name.words) > 1 and name.words[-1].isdigit():
                return noun.before(name.words[:-1])
        return noun

    def _alike(self, deed: Deed) -> int:
        """Return the things of the classes that the last deed was done to: blinds are no curtains."""
        classes = {
            self.index.home.entities[each].device_class for each in deed.entities if each in self.index.home.entities
        }
        if None in classes or not classes:
            return self.index.everything
        return sum(self.index.by_class.get(each, 0) for each in classes if each is not None)

    def _deeds(self, deed: Deed, target: Target) -> list[Deed]:
        by_domain: dict[str, list[str]] = {}
        for each in target.entities:
            by_domain.setdefault(each.partition(".")[0], []).append(each)
        return [
            replace(deed, domain=domain, entities=tuple(each), kind=target.kind if target.many else None)
            for domain, each in by_domain.items()
        ]
