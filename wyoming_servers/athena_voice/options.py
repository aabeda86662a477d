"""What the command line says, checked: types for `argparse`, shared by the servers' `options.py`."""

import argparse
from collections.abc import Callable

from .address import Address
from .errors import SettingsError


def uri(scheme: str) -> Callable[[str], Address]:
    """Return a type for where to listen."""

    def address(value: str) -> Address:
        try:
            return Address.parse(value, scheme=scheme)
        except SettingsError as err:
            raise argparse.ArgumentTypeError(str(err)) from err

    return address


def whole(least: int, most: int, unit: str) -> Callable[[str], int]:
    """Return a type for a whole number between two others, both allowed."""

    def integer(value: str) -> int:
        number = int(value)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{number} is not between {least} and {most} {unit}")
        return number

    return integer
