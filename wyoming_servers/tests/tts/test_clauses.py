"""Where a text is cut into what is spoken in one piece."""

import pytest

from athena_voice.tts.clauses import Clauses, Ending


def whole(*texts: str, longest: int = 400, early: bool = False) -> list[tuple[str, str]]:
    clauses = Clauses(longest=longest, early=early)
    pieces = [piece for text in texts for piece in clauses.add(text)]
    return [(piece.text, piece.ending) for piece in [*pieces, *clauses.finish()]]


def sentences(*texts: str) -> list[str]:
    pieces = whole(*texts)
    assert all(ending is Ending.SENTENCE for _, ending in pieces)
    return [text for text, _ in pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Lamp on.", ["Lamp on."]),
        ("Lamp on. Blinds closed!", ["Lamp on.", "Blinds closed!"]),
        ("It is 7.30 p.m. and 21.5 degrees.", ["It is 7.30 p.m. and 21.5 degrees."]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Really?! Yes… No.", ["Really?!", "Yes…", "No."]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("Dr. Smith and Mrs. Jones came. They left.", ["Dr. Smith and Mrs. Jones came.", "They left."]),
        ("Il est tard. Écoutez.", ["Il est tard.", "Écoutez."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
    assert sentences(*text) == expected, "letter by letter"


def test_a_sentence_is_given_out_as_soon_as_it_is_known_to_be_one() -> None:
    clauses = Clauses(longest=400, early=False)
    assert not list(clauses.add("Lamp on."))
    assert [piece.text for piece in clauses.add(" B")] == ["Lamp on."]


@pytest.mark.parametrize("text", ["word " * 1000, "w" * 5000, "word, " * 1000])
def test_what_is_very_long_is_cut_and_nothing_is_lost(text: str) -> None:
    for pieces in (whole(text, longest=200), whole(*text, longest=200)):
        assert all(len(piece) <= 200 for piece, _ in pieces)
        assert "".join(piece for piece, _ in pieces).replace(" ", "") == text.replace(" ", "")


LONG = "The lamp in the living room is on, the blinds are closed, and the front door has been locked since seven."


def test_a_long_first_sentence_begins_with_its_first_clause() -> None:
    pieces = [
        ("The lamp in the living room is on,", Ending.CLAUSE),
        ("the blinds are closed, and the front door has been locked since seven.", Ending.SENTENCE),
        (LONG, Ending.SENTENCE),
    ]
    text = f"{LONG} {LONG}"
    assert whole(text, early=True) == pieces, "a later sentence is not cut"
    assert whole(*text, early=True) == pieces, "letter by letter"


@pytest.mark.parametrize(
    "text",
    [
        "The lamp is on, the blinds are closed.",  # short enough
        "The lamp in the living room and the fan in the bedroom have been off since a quarter to seven today.",
        "Yes, the lamp in the living room and the fan in the bedroom have been switched off since seven today.",
    ],
)
def test_a_first_sentence_without_a_good_place_to_cut_stays_whole(text: str) -> None:
    assert whole(text, early=True) == [(text, Ending.SENTENCE)]


def test_what_is_too_long_is_cut_after_a_clause_if_there_is_one() -> None:
    first, second = "the lamp is on " * 8, "the blinds are closed " * 8
    assert whole(f"{first.strip()}, {second.strip()}", longest=200) == [
        (f"{first.strip()},", Ending.CLAUSE),
        (second.strip(), Ending.SENTENCE),
    ]


@pytest.mark.parametrize("mark", [".", " ", "\n", "…?!", "a ", ". ", ".\n"])
def test_a_million_marks_come_to_an_end_and_are_not_kept(mark: str) -> None:
    clauses = Clauses(longest=400, early=True)
    for _ in clauses.add(mark * 300_000):
        pass
    for _ in range(100):
        for _ in clauses.add(mark * 100):
            pass
    assert sum(len(piece.text) for piece in clauses.finish()) <= 500
