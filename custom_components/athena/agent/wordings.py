"""All that Athena hears and says in one language, but for what the tiers read for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from .dialogue import Replies, load_replies
from .guard.guard import load_digits, load_words
from .guard.polarity import Words
from .persona import Persona, load_persona
from .sentences import Sentences, load_sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """The words of a language."""

    sentences: Sentences
    persona: Persona
    replies: Replies
    """How people answer a question."""
    polarity: Words
    """Which words say which way something is meant."""
    digits: Mapping[str, str]
    """What a word stands for in a PIN."""


def load_wordings(language: str) -> Wordings:
    """Read a language's files (blocking, once); raise FileNotFoundError where there are none."""
    return Wordings(
        sentences=load_sentences(language),
        persona=load_persona(language),
        replies=load_replies(language),
        polarity=load_words(language),
        digits=load_digits(language),
    )
