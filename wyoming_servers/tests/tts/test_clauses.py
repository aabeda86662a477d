"""Where a text is cut into what is spoken in one piece."""

import pytest

from athena_voice.tts.clauses import Clauses


def whole(*pieces: str) -> list[str]:
    clauses = Clauses()
    return [clause for piece in pieces for clause in clauses.add(piece)] + clauses.finish()


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", []),
        ("Lamp on.", ["Lamp on."]),
        ("Lamp on. Blinds closed!", ["Lamp on.", "Blinds closed!"]),
        ("It is 7.30 p.m. and 21.5 degrees.", ["It is 7.30 p.m. and 21.5 degrees."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Really?! Yes… No.", ["Really?!", "Yes…", "No."]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
    ],
)
def test_sentences(text: str, clauses: list[str]) -> None:
    assert whole(text) == clauses
    assert whole(*text) == clauses, "letter by letter"


def test_a_sentence_is_given_out_as_soon_as_it_is_known_to_be_one() -> None:
    clauses = Clauses()
    assert clauses.add("Lamp on.") == []
    assert clauses.add(" B") == ["Lamp on."]


def test_what_is_very_long_is_cut_and_nothing_is_lost() -> None:
    for text in ("word " * 1000, "w" * 5000):
        clauses = whole(text)
        assert all(len(clause) <= 400 for clause in clauses)
        assert "".join(clauses).replace(" ", "") == text.replace(" ", "")
