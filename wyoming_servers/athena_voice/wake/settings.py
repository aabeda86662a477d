"""What the user sets for all wake words, or for one."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A number for a wake word."""

    word: str | None
    """None: for all."""
    value: float


def setting(least: float, most: float) -> Callable[[str], Setting]:
    """Return a type for `argparse`: "hey_jarvis=0.9", or "0.9" for all; between two numbers, both allowed."""

    def parsed(text: str) -> Setting:
        word, equals, number = text.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{number!r} is not a number") from None
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{number} is not between {least:g} and {most:g}")
        return Setting(word=word if equals else None, value=value)

    return parsed
