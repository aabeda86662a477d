"""The options of `athena-voice tts`."""

import argparse
from typing import Final

from ..options import whole

HELP: Final = "text to speech: eSpeak NG"
PORT: Final = 10200


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of TtsService."""
    parser.add_argument("--voice", default="en-us", help="voice when none is asked for (%(default)s)")
    parser.add_argument(
        "--rate", type=whole(80, 450, "words a minute"), default=160, metavar="WPM", help="words a minute (%(default)s)"
    )
