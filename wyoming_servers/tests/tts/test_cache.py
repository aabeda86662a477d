"""Phrases kept in memory."""

import json
from dataclasses import replace

import pytest

from athena_voice.tts.cache import LONGEST, Phrase, PhraseCache

PHRASE = Phrase(engine="espeak", voice="en-us", edition="1", speaker=None, words_a_minute=160, text="Lamp on.")


def phrases(count: int) -> list[Phrase]:
    return [replace(PHRASE, text=f"Lamp {number} on.") for number in range(count)]


@pytest.mark.parametrize(
    "other",
    [
        replace(PHRASE, engine="piper"),
        replace(PHRASE, voice="en-gb"),
        replace(PHRASE, edition="2"),
        replace(PHRASE, speaker="anna"),
        replace(PHRASE, words_a_minute=200),
        replace(PHRASE, text="Lamp off."),
    ],
)
async def test_a_phrase_is_another_where_it_may_sound_different(other: Phrase) -> None:
    cache = PhraseCache()
    cache.put(PHRASE, b"\1\0")
    assert await cache.get(PHRASE) == b"\1\0"
    assert await cache.get(other) is None
    assert PHRASE.digest != other.digest


async def test_memory_is_bounded_and_what_was_used_longest_ago_goes_first() -> None:
    cache = PhraseCache(limit=800)
    first, second, *more = phrases(9)
    for phrase in (first, second, *more[:6]):
        cache.put(phrase, bytes(100))
    assert cache.size == 800
    assert await cache.get(first)
    cache.put(more[6], bytes(100))
    assert cache.size == 800
    assert await cache.get(second) is None
    assert await cache.get(first)


async def test_a_phrase_put_again_counts_once() -> None:
    cache = PhraseCache()
    cache.put(PHRASE, bytes(100))
    cache.put(PHRASE, bytes(60))
    assert cache.size == 60


@pytest.mark.parametrize(("text", "size"), [("x" * (LONGEST + 1), 100), ("Lamp on.", 101), ("Lamp on.", 0)])
async def test_what_is_long_or_silent_is_not_kept(text: str, size: int) -> None:
    cache = PhraseCache(limit=800)
    cache.put(replace(PHRASE, text=text), bytes(size))
    assert cache.size == 0


def test_a_digest_is_a_name_for_a_file_whatever_the_text() -> None:
    assert replace(PHRASE, text=json.loads('"../\\ud800\\u0000"')).digest.isalnum()
