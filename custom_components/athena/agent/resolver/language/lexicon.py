"""The resolver's words, from their files."""

from functools import cache
from pathlib import Path
from typing import Final

from homeassistant.util.color import COLORS
from homeassistant.util.yaml import load_yaml_dict

from .vocabulary import Lexicon

__all__ = ["Lexicon", "load_lexicon"]

FOLDER: Final = Path(__file__).parent.parent.parent.parent / "sentences"


@cache
def load_lexicon(language: str) -> Lexicon:
    """Read `sentences/<language>/words/*.yaml` (blocking, once).

    Raise FileNotFoundError where the language has none.
    """
    folder = FOLDER / language / "words"
    files = {path.stem: load_yaml_dict(str(path)) for path in sorted(folder.glob("*.yaml"))}
    if not files:
        raise FileNotFoundError(folder)
    colors = {name: (color.r, color.g, color.b) for name, color in COLORS.items()}
    return Lexicon(language, files, colors)
