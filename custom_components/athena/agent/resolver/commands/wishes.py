"""What is complained of, where the home alone makes certain what ends it: "it's dark in here"."""

from ...home import Situation
from ...reading import Plan, Which
from ..acts.meanings import Meaning
from ..language.words import Said
from ..nouns.index import Index
from ..nouns.targets import How, Target
from .commands import Clause
from .plans import Planner


class Wishes:
    """Reads complaints about the speaker's own room."""

    def __init__(self, index: Index, planner: Planner) -> None:
        self.index = index
        self.planner = planner

    def read(self, said: Said, situation: Situation) -> Plan | Which | None:
        """Return what ends it; None where no complaint is said, or the home leaves it open."""
        wish = self.index.lexicon.wishes.whole(said.words)
        if wish is None or situation.area is None:
            return None
        kind = self.index.lexicon.kinds[wish.kind]
        things = self.index.by_area.get(situation.area, 0) & self.index.kind(kind)
        entities = tuple(entity.id for entity in self.index.of(things))
        states = {each: state.state for each in entities if (state := situation.states(each)) is not None}
        if wish.state == "off" and any(state != "off" for state in states.values()):
            return None
        if wish.state not in (None, "off"):
            entities = tuple(each for each in entities if states.get(each) == wish.state)
        if not entities or (len(entities) > 1 and kind.key != "light"):
            return None
        target = Target(entities=entities, how=How.GROUP, many=True, kinds=(kind,), areas=frozenset({situation.area}))
        clause = Clause(meaning=Meaning(sense=wish.sense, prop=wish.prop), targets=(target,))
        parts = self.planner.parts(clause, situation)
        return self.planner.reading(parts) if parts is not None else None
