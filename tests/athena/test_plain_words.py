"""What somebody else has written is said as a few plain words: no markup, no address, no picture, not for long."""

import pytest

from custom_components.athena.companion.plain_words import LONGEST, plain_words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<b>Standup</b> &amp; **plan** <speak>", "Standup and plan"),
        ("&amp;lt;b&amp;gt;Tea&amp;lt;/b&amp;gt; &amp;amp; cake", "Tea and cake"),
        ('<speak>Call <break time="10s"/><prosody rate="x-slow">Sara</prosody></speak>', "Call Sara"),
        ("<script>alert('x')</script>Lunch<!-- now -->", "Lunch"),
        ("Zoom: https://zoom.us/j/123?pwd=abc see www.example.com/x", "Zoom: see"),
        ("[Agenda](https://example.com/a) for `review`", "Agenda for review"),
        ("🎂 Sara's birthday 🎉👩‍👩‍👧", "Sara's birthday"),
        ("🎂", ""),
        ("", ""),
        ("a < b and c > d", "a b and c d"),
        ("Line one\nline\ttwo\x00\u202e", "Line one line two"),
        ("{name} %s {{ states('x') }}", "name %s states 'x'"),
        ("Zahnärztin Müller – 50 % ", "Zahnärztin Müller 50"),
        ("会議", "会議"),
        ("Café at 7:30!", "Café at 7:30"),
    ],
)
def test_a_title_in_plain_words(written: str, said: str) -> None:
    assert plain_words(written) == said


def test_a_very_long_title_is_cut_between_words() -> None:
    said = plain_words("Quarterly planning, " + "and then some more " * 200)
    assert said == "Quarterly planning, and then some more and then some more"
    assert len(plain_words("a" * 10_000)) == LONGEST


def test_a_title_made_to_take_long_takes_no_time() -> None:
    assert plain_words("<" * 100_000) == ""
    assert plain_words("[" * 100_000) == ""
    assert plain_words("<script>" * 50_000) == ""
