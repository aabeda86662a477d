"""The deterministic tier over one home."""

from typing import Final

from ..home import Home, Situation
from ..reading import Answer, Plan, Reading, Which
from .commands.choice import choose
from .commands.commands import Commands
from .commands.compounds import Compounds
from .commands.ellipses import Ellipses
from .commands.follow_ups import FollowUps
from .commands.plans import Planner
from .commands.wishes import Wishes
from .hearing.asides import Asides
from .hearing.doubts import Doubts
from .hearing.misheard import Misheard
from .hearing.respelling import Respelling
from .language.vocabulary import Lexicon
from .language.words import MOST_WORDS, Said
from .nouns.index import Index
from .nouns.targets import Reach, Targets
from .questions.answers import Lines
from .questions.questions import Questions

GUARDED: Final = frozenset({"lock", "alarm_control_panel"})
"""What is not done on a name that was heard almost right."""


class Resolver:
    """Understands what is said of one home, or says that it does not: it never guesses.

    Every word of an utterance must be explained by the verb, a value, a name, a kind, a place or politeness.
    """

    def __init__(self, lexicon: Lexicon, home: Home, lines: Lines) -> None:
        self.lexicon = lexicon
        self.index = Index(lexicon, home)
        self.targets = Targets(self.index)
        commands = Commands(self.index, self.targets)
        planner = Planner(self.index, lines)
        self._compounds = Compounds(commands, planner)
        self._follow_ups = FollowUps(self.index, self.targets, self._compounds)
        self._questions = Questions(home, lexicon, lines)
        self._wishes = Wishes(self.index, planner)
        self._ellipses = Ellipses(self._compounds)
        self._asides = Asides(self.index)
        self._respelling = Respelling(self.index)
        self.misheard = Misheard(lexicon, self.index)
        self.doubts = Doubts(self.index)

    def read(self, text: str, situation: Situation) -> Reading | None:
        """Return what an utterance means; None where it is not for this tier."""
        if (answered := self._questions.read(text, situation)) is not None:
            return answered
        said = self.lexicon.speech.read(text)
        if not said.words or len(said) > MOST_WORDS:
            return None
        said = self._respelling.joined(said)
        reading = self._command(said, situation) or self._beside(said, situation)
        return self._follow_ups.going_on(reading, said) if reading is not None else None

    def _command(self, said: Said, situation: Situation) -> Plan | Which | None:
        plain = bare(self.lexicon, said)
        return (
            self._complaint(said, situation)
            or self._complaint(plain, situation)
            or self._ellipses.again(plain, situation)
            or self._follow_ups.read(said, situation)
            or self._compounds.read(plain, situation)
            or self._ellipses.read(plain, situation)
            or self._almost(plain, situation)
            or self._requested(said, plain, situation)
        )

    def _beside(self, said: Said, situation: Situation) -> Plan | Which | None:
        """Return what comes of an utterance that is a command and something beside it."""
        for each in self._asides.without(said, bare(self.lexicon, said)):
            if not len(each) or self.targets.find(each, situation, Reach(can=self.index.everything)):
                continue  # a name beside something else is what is talked of: "I love the new lamp"
            if (reading := self._command(each, situation)) is not None and not _is_guarded(reading):
                return reading
        return None

    def _complaint(self, said: Said, situation: Situation) -> Plan | Which | None:
        if (reading := self._wishes.read(said, situation)) is not None:
            return reading
        less = self._asides.complaint(said)
        return self._wishes.read(less, situation) if less is not None else None

    def _requested(self, said: Said, plain: Said, situation: Situation) -> Plan | None:
        """Return what turns on the thing that was asked for by its name alone ("the hallway light please")."""
        wish = self._asides.requested(said, plain)
        reading = self._compounds.read(wish, situation) if wish is not None else None
        return reading if isinstance(reading, Plan) and not _is_guarded(reading) else None

    def _almost(self, said: Said, situation: Situation) -> Plan | None:
        """Return the plan of an utterance with a name that was heard or said almost right; never one that lets in."""
        for mended in (self.misheard.mend(said), self._respelling.otherwise(said)):
            reading = self._compounds.read(mended, situation) if mended is not None else None
            if isinstance(reading, Plan) and not _is_guarded(reading):
                return reading
        return None

    def doubt(self, text: str, plan: Plan) -> str | None:
        """Return why the reading of another is not what was said; None where nothing speaks against it."""
        return self.doubts.of(text, plan)

    def choose(self, which: Which, text: str, _situation: Situation) -> Plan | Answer | None:
        """Return what was chosen of several; None where the utterance does not choose."""
        return choose(self.lexicon, which, text)


def _is_guarded(reading: Plan | Which) -> bool:
    """Return whether it is not done, or asked, on words that were not all understood."""
    return isinstance(reading, Plan) and any(deed.domain in GUARDED and deed.action != "lock" for deed in reading.deeds)


def bare(lexicon: Lexicon, said: Said) -> Said:
    """Return an utterance without what is said for the sake of it."""
    left: list[int] = []
    place = 0
    while place < len(said):
        if (found := lexicon.fillers.at(said.words, place)) is not None:
            place += found[0]
        else:
            left.append(place)
            place += 1
    joins = lexicon.joins
    while left and joins.whole((said.words[left[0]],)):
        left.pop(0)
    while left and joins.whole((said.words[left[-1]],)):
        left.pop()
    return said.pick(left)
