"""The options of `athena-voice stt`."""

import argparse
from pathlib import Path
from typing import Final

from ..options import web
from .engines import ALL

HELP: Final = "speech to text: the sentences of the home, or nothing; anything with Whisper"
PORT: Final = 10300
SCHEME: Final = "tcp"

DEFAULT_ENGINE: Final = "home"
HOME_ASSISTANT: Final = "http://127.0.0.1:8123"
COMPUTE_TYPES: Final = (
    *("default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16"),
    *("int16", "float16", "bfloat16", "float32"),
)
"""Those of CTranslate2."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of SttService."""
    parser.add_argument("--home-assistant", type=web, metavar="URL", help=f"whose home it is ({HOME_ASSISTANT})")
    words = parser.add_mutually_exclusive_group(required=True)
    words.add_argument(
        "--token-file", metavar="FILE", type=Path, help="a long-lived access token of any user of Home Assistant"
    )
    words.add_argument(
        "--home", metavar="FILE", type=Path, help="the home's names from a YAML file instead of from Home Assistant"
    )
    parser.add_argument("--engine", choices=sorted(ALL), default=DEFAULT_ENGINE, help="%(choices)s (%(default)s)")
    whisper = parser.add_argument_group("Whisper", "with --engine faster-whisper; nothing is downloaded")
    whisper.add_argument(
        "--model", metavar="FOLDER", help="a CTranslate2 Whisper model, or the name of one that is on this machine"
    )
    whisper.add_argument("--compute-type", choices=COMPUTE_TYPES, metavar="TYPE", help=f"{', '.join(COMPUTE_TYPES)}")
    whisper.add_argument("--device", choices=("auto", "cpu", "cuda"), help="%(choices)s (auto)")
