"""What may stand where a sentence leaves the words free."""

from dataclasses import replace

import pytest

from custom_components.athena.agent.free_words import FreeWords, names_a_thing
from custom_components.athena.agent.sentences import Home, Things, load_sentences, slots_of

FREE = FreeWords(longest=4, never=("and turn",))


@pytest.mark.parametrize(
    ("said", "only", "is_allowed"),
    [
        ("Blue in Green", {}, True),
        ("one two three four", {}, True),
        ("one two three four five", {}, False),
        ("  ?! ", {}, False),
        ("jazz and turn it up", {}, False),
        ("band Turner", {"begins": ["turn"]}, False),
        ("turn it off", {"begins": ["turn"]}, True),
        ("turnip soup", {"begins": ["turn"]}, False),
        ("The Music", {"not": ["the music"]}, False),
        ("the music man", {"not": ["the music"]}, True),
        ("next to me", {"not_begins": ["next"]}, False),
        ("Nextdoor", {"not_begins": ["next"]}, True),
        ("the speaker again", {"not_ends": ["again"]}, False),
        ("against", {"not_ends": ["again"]}, True),
        ("corner light on", {"not_named": True}, False),
        ("candlelight", {"not_named": True}, True),
    ],
)
def test_free_words(said: str, only: dict[str, object], is_allowed: bool) -> None:
    assert FREE.allows(said, only, {"corner light"}) is is_allowed


def test_a_name_is_found_as_whole_words_only() -> None:
    assert names_a_thing("Turn on guest mode!", {"guest mode"})
    assert not names_a_thing("turn on guest modes", {"guest mode"})


def test_what_the_user_has_called_so_is_not_athenas() -> None:
    home = Home()
    own = replace(home, things=Things(names=frozenset({"guest mode", "laundry timer"})))
    sentences = load_sentences("en")
    for text in ("guest mode on", "cancel the laundry timer"):
        assert sentences.recognize(text, home) is not None
        assert sentences.recognize(text, own) is None
    assert sentences.recognize("quiet mode on", own) is not None


def test_the_only_list_is_the_list() -> None:
    sentences = load_sentences("en")
    one = Home(things=Things(to_do_lists=[("Chores", "Chores"), ("Jobs", "Chores")]))
    two = Home(things=Things(to_do_lists=[("Chores", "Chores"), ("Trip", "Trip")]))
    found = sentences.recognize("add milk to the list", one)
    assert found is not None
    assert slots_of(found) == {"item": "milk", "name": "Chores"}
    assert sentences.recognize("add milk to the list", two) is None
