"""What the command line says, checked: types for `argparse`, shared by the servers' `options.py`."""

import argparse
from collections.abc import Callable
from urllib.parse import urlsplit

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


def web(value: str) -> str:
    """Check the address of a web server, a type for `argparse`; without a port it is the one of http or https."""
    try:
        parts = urlsplit(value)
        whole_address = parts.hostname and parts.port != 0 and parts.path in ("", "/") and not parts.query
    except ValueError:  # a port that is none
        whole_address = False
    if not whole_address or parts.scheme not in ("http", "https"):
        raise argparse.ArgumentTypeError(f"{value} is not of the form http://HOST:PORT")
    return value


def whole(least: int, most: int, unit: str) -> Callable[[str], int]:
    """Return a type for a whole number between two others, both allowed."""

    def integer(value: str) -> int:
        number = int(value)
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(f"{number} is not between {least} and {most} {unit}")
        return number

    return integer
