"""The model tier's words in one language, as its files have them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from homeassistant.util.yaml import load_yaml_dict

from .words import Words, words_of

ROOT: Final = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """Of one language."""

    words: Words
    prompt: str
    lines: str
    """How the model is told to answer where a grammar holds it."""
    tools: str
    """How, where it is given tools."""


@cache
def load_language(language: str) -> Language:
    """Read a language (blocking, once)."""
    heard, said = ROOT / "sentences" / language / "words", ROOT / "persona" / language
    return Language(
        words=words_of(
            load_yaml_dict(str(heard / "things.yaml")),
            load_yaml_dict(str(heard / "wishes.yaml")),
            load_yaml_dict(str(said / "claims.yaml")),
        ),
        prompt=(said / "prompt.md").read_text("utf-8"),
        lines=(said / "prompt_lines.md").read_text("utf-8"),
        tools=(said / "prompt_tools.md").read_text("utf-8"),
    )
