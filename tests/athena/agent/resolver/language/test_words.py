"""Words as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.agent.resolver.hearing.misheard import distance
from custom_components.athena.agent.resolver.language.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Turn the Bedroom One LIGHTS on, please!", "turn the bedroom 1 light on , please"),
        ("twenty point five degrees", "20.5 degree"),
        ("21 and a half degrees", "21.5 degree"),
        ("one hundred and five percent", "105 percent"),
        ("2700K", "2700 k"),
        ("21,5°C", "21.5 degree c"),
        ("the TVs on the 1st floor", "the tv on the first floor"),
        ("Trader Joe's fridge", "trader joe refrigerator"),
        ("boîte à lumière", "boite a lumiere"),
    ],
)
def test_spelling_numbers_and_plurals_do_not_matter(text: str, words: str) -> None:
    """Read it in one form."""
    assert load_lexicon("en").speech.read(text).words == tuple(words.split())


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Never fail, and flag each word."""
    said = load_lexicon("en").speech.read(text)
    assert len(said.words) == len(said.plural)


@given(st.text(max_size=8), st.text(max_size=8))
def test_words_are_as_far_apart_from_both_sides(one: str, other: str) -> None:
    """Count the same changes both ways."""
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
