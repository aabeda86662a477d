"""Several commands in one utterance: "turn off the lamp and close the blinds", "lamp on, fan off"."""

from collections.abc import Iterator
from dataclasses import replace

from ...home import Situation
from ...reading import Plan, Which
from ..language.words import Said
from .commands import Clause, Commands
from .plans import Part, Planner, near

MOST_CLAUSES = 6


class Compounds:
    """Reads utterances of one or more clauses."""

    def __init__(self, commands: Commands, planner: Planner) -> None:
        self.commands = commands
        self.planner = planner
        self.lexicon = commands.lexicon

    def read(self, said: Said, situation: Situation) -> Plan | Which | None:
        """Return the plan of all clauses, in their order; a question where one thing of them is not clear."""
        if not len(said):
            return None
        for each in (said, self._once(said)):
            if each is not None and (parts := self._parts(each, situation, MOST_CLAUSES)) is not None:
                return self.planner.reading(parts[0])
        return None

    def one(self, said: Said, situation: Situation) -> tuple[list[Part], Clause] | None:
        """Return what comes of a single clause."""
        for clause in self.commands.clauses(said, situation):
            if (parts := self.planner.parts(clause, situation)) is not None:
                return parts, clause
        return None

    def _parts(self, said: Said, situation: Situation, most: int) -> tuple[list[Part], Clause] | None:
        if (whole := self.one(said, situation)) is not None:
            return whole
        if most == 1:
            return None
        for left, right in self._splits(said):
            if self.lexicon.wishes.whole(left.words) is not None:
                # "I'm cold, turn on the fireplace": the second says what the first wants.
                return self._parts(right, situation, most - 1)
            if (first := self.one(left, situation)) is None:
                continue
            if (then := self._parts(right, situation, most - 1)) is not None:
                areas = frozenset[str]().union(*(target.areas for target in then[1].targets))
                return [*(near(part, areas) for part in first[0]), *then[0]], then[1]
            # "Open the blinds and, in the kitchen, the window": the verb goes on for what has none.
            if (again := self._same(first[1], right, situation)) is not None:
                return [*first[0], *again], first[1]
        return self._unjoined(said, situation, most)

    def _unjoined(self, said: Said, situation: Situation, most: int) -> tuple[list[Part], Clause] | None:
        """Return what comes of clauses that nothing joins: "kettle off dim the lamps to twenty"."""
        if any(self.lexicon.excepts.at(said.words, place) is not None for place in range(len(said))):
            return None
        for place in range(len(said) - 2, 1, -1):
            begins = (
                said.words[place] in self.lexicon.verbs
                and self.lexicon.joins.whole(said.words[place : place + 1]) is None
            )
            ends = (said.words[place - 1],) in self.lexicon.particles
            if not (begins or ends) or (first := self.one(said.part(0, place), situation)) is None:
                continue
            if (then := self._parts(said.part(place, len(said)), situation, most - 1)) is not None:
                return [*first[0], *then[0]], then[1]
        return None

    def _same(self, clause: Clause, said: Said, situation: Situation) -> list[Part] | None:
        """Return what comes of a part without a verb.

        That of the clause before goes on, and its value where there is no other.
        """
        for values, noun in self.commands.values.values(clause.meaning.sense, said):
            meaning = clause.meaning
            if values:
                unit = meaning.value.unit if meaning.value is not None else None
                meaning = replace(meaning, values=tuple(replace(value, unit=value.unit or unit) for value in values))
            if len(noun) and (targets := self.commands.find(meaning, noun, situation)) is not None:
                return self.planner.parts(Clause(meaning=meaning, targets=targets), situation)
        return None

    def _splits(self, said: Said) -> Iterator[tuple[Said, Said]]:
        place = 1
        while place < len(said) - 1:
            found = self.lexicon.joins.at(said.words, place)
            if found is None or place + found[0] >= len(said):
                place += 1
                continue
            yield said.part(0, place), said.part(place + found[0], len(said))
            place += found[0]

    def _once(self, said: Said) -> Said | None:
        """Return an utterance without "back" and "again"."""
        used: set[int] = set()
        for place in range(1, len(said)):
            if (found := self.lexicon.again.at(said.words, place)) is not None and self._may_go(said, place + found[0]):
                used.update(range(place, place + found[0]))
        return said.without(used) if used else None

    def _may_go(self, said: Said, after: int) -> bool:
        """Return whether a word before this place says "again", and is no part of a name.

        "turn it back on", no "back door".
        """
        return after == len(said) or (said.words[after],) in self.lexicon.particles
