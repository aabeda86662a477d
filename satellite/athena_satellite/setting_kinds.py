"""What a setting may hold: read from TOML or from the command line, and refused in words."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .address import Address
from .errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind[T]:
    """One kind of value."""

    takes: str
    """What is allowed, as it ends the sentence "it is not …"."""

    metavar: str

    accept: Callable[[object], T]
    """Make a value of TOML into the setting's; raises ValueError for one that is not allowed."""

    from_text: Callable[[str], object] = str
    """Make a word of the command line into a value of TOML; raises ValueError."""

    is_text: bool = True
    """Whether TOML has it in quotes."""


def number(least: float, most: float, unit: str) -> Kind[float]:
    """Return the kind of a number between two others, both allowed."""

    def accept(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError
        if not least <= value <= most:
            raise ValueError
        return float(value)

    return Kind(
        takes=f"a number of {unit} from {least:g} to {most:g}",
        metavar=unit.upper(),
        accept=accept,
        from_text=float,
        is_text=False,
    )


def count(least: int, most: int, unit: str) -> Kind[int]:
    """Return the kind of a whole number between two others, both allowed."""

    def accept(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError
        return value

    return Kind(
        takes=f"a whole number of {unit} from {least} to {most}",
        metavar=unit.upper(),
        accept=accept,
        from_text=int,
        is_text=False,
    )


def choice(*choices: str) -> Kind[str]:
    """Return the kind of one word out of several."""

    def accept(value: object) -> str:
        if value not in choices:
            raise ValueError
        return str(value)

    return Kind(takes=f"{', '.join(choices[:-1])} or {choices[-1]}", metavar="WORD", accept=accept)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _address(value: object) -> Address:
    try:
        return Address.parse(_text(value))
    except SettingsError as err:
        raise ValueError from err


def _path(value: object) -> Path:
    return Path(_text(value)).expanduser()


def _yes_no(value: object) -> bool:
    if value is not True and value is not False:
        raise ValueError
    return value


TEXT: Final = Kind(takes="a text with something in it", metavar="TEXT", accept=_text)
ADDRESS: Final = Kind(takes="of the form tcp://HOST:PORT", metavar="URI", accept=_address)
PATH: Final = Kind(takes="the name of a file", metavar="FILE", accept=_path)
YES_NO: Final = Kind(takes="true or false", metavar="", accept=_yes_no, is_text=False)
