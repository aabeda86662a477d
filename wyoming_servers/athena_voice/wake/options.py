"""The options of `athena-voice wake`."""

import argparse
from pathlib import Path
from typing import Final

from .engines import ALL
from .settings import setting

HELP: Final = "wake words: microWakeWord, or openWakeWord (its models are CC BY-NC-SA 4.0: not for commercial use)"
PORT: Final = 10400
SCHEME: Final = "tcp"
DEFAULT_ENGINE: Final = "microwakeword"


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of WakeService."""
    parser.add_argument("--engine", choices=sorted(ALL), default=DEFAULT_ENGINE, help="(%(default)s)")
    parser.add_argument(
        "--models",
        metavar="FOLDER",
        type=Path,
        help="own models beside the engine's: a .json with its .tflite for microwakeword, a .tflite for openwakeword",
    )
    parser.add_argument(
        "--threshold",
        action="append",
        default=[],
        metavar="[WORD=]SCORE",
        type=setting(0.01, 0.999),
        help="above it a word counts as said: hey_jarvis=0.9, or 0.9 for all (the models' own); repeatable",
    )
    parser.add_argument(
        "--refractory",
        action="append",
        default=[],
        metavar="[WORD=]SECONDS",
        type=setting(0.0, 60.0),
        help="the time after a word in which the same is not detected again (2); repeatable",
    )
