"""What the command line says, checked: types for `argparse`, shared by the servers' `options.py`."""

import argparse
from collections.abc import Callable

from .address import Address
from .errors import SettingsError


def address(value: str) -> Address:
    """Return where to listen."""
    try:
        return Address.parse(value)
    except SettingsError as err:
        raise argparse.ArgumentTypeError(str(err)) from err


def http_address(value: str) -> Address:
    """Return where to answer over HTTP."""
    try:
        return Address.parse(value, scheme="http")
    except SettingsError as err:
        raise argparse.ArgumentTypeError(str(err)) from err


def whole(least: int, most: int, unit: str) -> Callable[[str], int]:
    """Return a type for a whole number between two others, both allowed."""

    def integer(value: str) -> int:
        number = int(value)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{number} is not between {least} and {most} {unit}")
        return number

    return integer
