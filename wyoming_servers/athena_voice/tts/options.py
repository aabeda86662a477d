"""The options of `athena-voice tts`."""

import argparse
from pathlib import Path
from typing import Final

from ..options import whole
from .choice import AUTO, VOICES
from .engines import ALL

HELP: Final = "text to speech: eSpeak NG, or Piper where it has a voice"
PORT: Final = 10200
SCHEME: Final = "tcp"


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of TtsService."""
    parser.add_argument(
        "--engine",
        choices=(AUTO, *sorted(ALL)),
        default=AUTO,
        help="%(choices)s; auto is Piper where its folder has a voice, else eSpeak NG (%(default)s)",
    )
    parser.add_argument(
        "--voices", metavar="FOLDER", type=Path, help=f"voices of Piper: NAME.onnx and NAME.onnx.json ({VOICES})"
    )
    parser.add_argument("--voice", metavar="NAME", help="voice when none is asked for (the engine's first)")
    parser.add_argument(
        "--rate",
        type=whole(80, 450, "words a minute"),
        default=160,
        metavar="WPM",
        help="words a minute; 160 is the own pace of a Piper voice (%(default)s)",
    )
    parser.add_argument(
        "--cache", metavar="FOLDER", type=Path, help="keep spoken phrases here over restarts (in memory only)"
    )
