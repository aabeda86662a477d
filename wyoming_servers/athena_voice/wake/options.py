"""The options of `athena-voice wake`."""

import argparse
from typing import Final

HELP: Final = "wake words: microWakeWord"
PORT: Final = 10400


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of WakeService."""
    del parser  # none yet
