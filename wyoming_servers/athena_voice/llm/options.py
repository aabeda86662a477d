"""The options of `athena-voice llm`."""

import argparse
from pathlib import Path
from typing import Final

from ..options import whole
from .choice import AUTO
from .engines import ALL
from .model_file import MODELS

HELP: Final = "the local language model, by llama.cpp, for any client of OpenAI's API"
PORT: Final = 10800
SCHEME: Final = "http"

CONTEXT: Final = 4096
ANSWERS: Final = 2
WAITING: Final = 8


def add(parser: argparse.ArgumentParser) -> None:
    """Add them; each is an argument of LlmService."""
    parser.add_argument(
        "--model",
        required=True,
        metavar="NAME|FILE",
        help="a model that was downloaded with athena-voice download, or any GGUF file",
    )
    parser.add_argument("--models", metavar="FOLDER", type=Path, help=f"where downloaded models lie ({MODELS})")
    parser.add_argument(
        "--engine",
        choices=(AUTO, *ALL),
        default=AUTO,
        help="%(choices)s; auto is llama-server where it is installed (%(default)s)",
    )
    parser.add_argument("--llama-server", metavar="FILE", type=Path, help="where it is (in the PATH)")
    parser.add_argument(
        "--context",
        type=whole(512, 1_000_000, "tokens"),
        default=CONTEXT,
        metavar="TOKENS",
        help="what a prompt and its answer may have together; more takes more memory (%(default)s)",
    )
    parser.add_argument(
        "--answers",
        type=whole(1, 16, "answers"),
        default=ANSWERS,
        metavar="N",
        help="at a time, with llama-server; each takes the memory of a context (%(default)s)",
    )
    parser.add_argument(
        "--waiting",
        type=whole(0, 1000, "requests"),
        default=WAITING,
        metavar="N",
        help="requests that may wait for their turn; the next one is told that the server is busy (%(default)s)",
    )
    parser.add_argument("--threads", type=whole(1, 1024, "threads"), metavar="N", help="(as llama.cpp thinks right)")
