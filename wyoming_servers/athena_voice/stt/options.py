"""The options of `athena-voice stt`."""

import argparse
from pathlib import Path
from typing import Final

HELP: Final = "speech to text: the sentences of the home, or nothing"
PORT: Final = 10300


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of SttService."""
    parser.add_argument(
        "--home-assistant", metavar="URL", default="http://127.0.0.1:8123", help="whose home it is (%(default)s)"
    )
    parser.add_argument(
        "--token-file", metavar="FILE", type=Path, required=True, help="a long-lived access token of any user of it"
    )
