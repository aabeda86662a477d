"""The one door to every deed, whoever has read it out of the words."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Final

from homeassistant.util.yaml import load_yaml_dict

from ...brain import phrases
from ..home import Home, Situation
from ..persona import Persona
from ..reading import Plan
from .pin import Keypad
from .plausible import implausible
from .polarity import Polarity, Words
from .risk import Policy, judge
from .timers import impossible_timer
from .verdict import Granted, Kind, Verdict

FOLDER: Final = Path(__file__).parent.parent.parent / "sentences"


@cache
def load_words(language: str) -> Words:
    """Read which words say which way something is meant (blocking, once); raise FileNotFoundError without them."""
    return Words.of(load_yaml_dict(str(FOLDER / language / "words" / "polarity.yaml")))


@cache
def load_digits(language: str) -> Mapping[str, str]:
    """Read the words of numbers that a PIN is spoken in (blocking, once); raise FileNotFoundError without them."""
    lexicon = load_yaml_dict(str(FOLDER / language / "words" / "digits.yaml"))
    return {str(word): str(number) for word, number in lexicon["digits"].items()}


class Guard:
    """Looks at every plan before anything of it is done. Built anew with the home; it is cheap."""

    def __init__(self, home: Home, words: Words, policy: Policy) -> None:
        self._home = home
        self._policy = policy
        self._polarity = Polarity(words, home)

    def before(self, text: str, plan: Plan, situation: Situation, granted: Granted = Granted.NOTHING) -> Verdict:
        """Return whether a plan may be carried out that somebody's words were read as.

        `text`: the words the plan was read from; what was granted since, a yes or a PIN, is said by `granted`.
        """
        if (against := self._polarity.contradiction(text, plan.deeds, situation.states)) is not None:
            return Verdict(kind=Kind.REFUSE, cause=f"polarity: {against}", is_misheard=True)
        if self._polarity.is_kept(text, plan.deeds, situation.states):
            return Verdict(kind=Kind.REFUSE, cause="it was to stay as it is", line="stays")
        if (refusal := impossible_timer(plan.steps)) is not None:
            return refusal
        verdict = implausible(plan.deeds, self._home, situation.states)
        if verdict.kind is not Kind.ALLOW:
            return verdict
        everything = self._polarity.says_everything(text)
        is_part = not everything or self._polarity.leaves_out(text)
        return judge(
            plan.deeds,
            self._home,
            situation.states,
            self._policy,
            granted,
            everything=everything,
            is_part=is_part,
        )

    def is_about_deeds(self, text: str) -> bool:
        """Return whether somebody speaks of what can be done to things, whatever they are."""
        return self._polarity.says_which_way(text)


def keypad_for(policy: Policy, digits: Mapping[str, str], clock: Callable[[], float] = monotonic) -> Keypad | None:
    """Return the one keypad of a house; None without a PIN. It outlives a guard: it remembers the wrong ones."""
    return Keypad(policy.pin, digits, clock) if policy.pin is not None else None


def line_of(verdict: Verdict, persona: Persona) -> str:
    """Return what Athena says of a plan that is not carried out now: a question or a refusal."""
    said = None if verdict.line is None else persona.say(verdict.line, **verdict.values)
    match verdict.kind:
        case Kind.CONFIRM:
            return persona.say("confirm", what=said)
        case Kind.PIN:
            return persona.say("pin")
    return said or (phrases.DID_NOT_CATCH if verdict.is_misheard else phrases.CANNOT_DO)
