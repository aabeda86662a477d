"""The PIN that somebody speaks. No Home Assistant."""

import hmac
import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

WRONG: Final = 3
"""So many wrong PINs close the keypad."""
CLOSED_FOR: Final = 300.0
"""Seconds."""

_UNITS: Final = frozenset("123456789")
_TOKEN: Final = re.compile(r"\d|[^\W\d_]+")


def check_pin(said: str, pin: str, digits: Mapping[str, str]) -> bool:
    """Return whether what was said is the PIN, in digits or in words; `digits`: what a word stands for, "one": "1".

    Words that stand for none ("my pin is") are left out. It takes as long for a wrong one as for the right one.
    """
    return hmac.compare_digest(_spoken(said, digits).encode(), pin.encode()) and bool(pin)


def says_pin(said: str, pin: str, digits: Mapping[str, str]) -> bool:
    """Return whether the PIN is in what was said, with whatever else."""
    return bool(pin) and pin in _spoken(said, digits)


def _spoken(said: str, digits: Mapping[str, str]) -> str:
    """Return the digits that were said; "thirty four" is 34, "thirty forty" is 3040."""
    spoken, tens = "", False
    for token in _TOKEN.findall(said.casefold()):
        number = token if token.isdigit() else digits.get(token, "")
        spoken = f"{spoken[:-1]}{number}" if tens and number in _UNITS else f"{spoken}{number}"
        tens = not token.isdigit() and len(number) == 2 and number[1] == "0" and number != "10"
    return spoken


class Keypad:
    """Takes PINs in; after three wrong ones in a row nobody gets in for five minutes, with the right one either."""

    def __init__(self, pin: str, digits: Mapping[str, str], clock: Callable[[], float]) -> None:
        """Take the clock in seconds that go on by themselves, whatever the wall's clock does."""
        self._pin = pin
        self._digits = digits
        self._clock = clock
        self._wrong: deque[float] = deque(maxlen=WRONG)

    @property
    def is_closed(self) -> bool:
        """Whether no PIN is taken now."""
        return len(self._wrong) == WRONG and self._clock() < self._wrong[-1] + CLOSED_FOR

    def takes(self, said: str) -> bool:
        """Return whether what was said is the PIN; False while closed."""
        if self.is_closed:
            return False
        if len(self._wrong) == WRONG:
            self._wrong.clear()
        if check_pin(said, self._pin, self._digits):
            self._wrong.clear()
            return True
        self._wrong.append(self._clock())
        return False
