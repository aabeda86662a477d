"""An answer to what Athena has asked: which one, a yes, a PIN."""

from dataclasses import dataclass

from ..brain import phrases
from .dialogue import Pending, Said, Wait, may_be_pin
from .guard.pin import Keypad
from .guard.verdict import Granted
from .reading import Answer, Plan, Reading, Refusal, Which
from .tiers.resolver import ResolverTier
from .tiers.tier import Turn
from .wordings import Wordings


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What is to be answered or done now."""

    reading: Reading
    text: str
    """The words it was read from."""
    granted: Granted = Granted.NOTHING
    again: Plan | None = None
    """What the PIN was asked for, where it was wrong and may be tried again."""


class Resuming:
    """Reads answers in the light of the question."""

    def __init__(self, wordings: Wordings, keypad: Keypad | None, resolver: ResolverTier | None) -> None:
        self._wordings = wordings
        self._keypad = keypad
        self._resolver = resolver

    @property
    def closed(self) -> Refusal | None:
        """Return what is answered while no PIN is taken; None while one is."""
        if self._keypad is not None and self._keypad.is_closed:
            return Refusal(speech=self._wordings.persona.say("pin_closed"), cause="the PIN was wrong three times")
        return None

    async def async_resume(self, pending: Pending, turn: Turn) -> Resumed | None:
        """Return what comes of the answer; None where it is a new request: that simply takes the question's place."""
        meant = self._wordings.replies.meant(turn.text)
        if meant in (Said.NO, Said.NEVER_MIND):
            return Resumed(reading=Answer(speech=phrases.UNDERSTOOD), text=turn.text)
        match pending:
            case Pending(wait=Wait.WHICH, of=Which() as which) if self._resolver is not None:
                reading = await self._resolver.async_choose(which, turn)
                return Resumed(reading=reading, text=pending.text) if reading is not None else None
            case Pending(wait=Wait.YES, of=Plan() as plan) if meant is Said.YES:
                return Resumed(reading=plan, text=pending.text, granted=Granted.YES)
            case Pending(wait=Wait.PIN, of=Plan() as plan) if may_be_pin(turn.text, self._wordings.digits):
                return self._tried(turn, plan, pending.text)
        return None

    def _tried(self, turn: Turn, plan: Plan, text: str) -> Resumed | None:
        """Take a PIN in."""
        if self._keypad is not None and self._keypad.takes(turn.text):
            return Resumed(reading=plan, text=text, granted=Granted.PIN)
        if (closed := self.closed) is not None:
            return Resumed(reading=closed, text=text)
        wrong = Refusal(speech=self._wordings.persona.say("pin_wrong"), cause="the PIN was wrong")
        return Resumed(reading=wrong, text=text, again=plan)
