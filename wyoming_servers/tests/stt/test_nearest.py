"""Which sentence is meant, if any."""

import pytest

from athena_voice.stt.nearest import Nearest

PHONES = {
    "lamp": "L AE M P", "lamps": "L AE M P S", "fan": "F AE N", "van": "V AE N", "on": "AA N", "off": "AO F",
    "dishwasher": "D IH SH W AA SH ER", "turn": "T ER N", "the": "DH AH", "bedroom": "B EH D R UW M",
    "bathroom": "B AE TH R UW M",
}  # fmt: skip
SENTENCES = (
    "turn on the lamp",
    "turn off the lamp",
    "turn on the fan",
    "turn on the bedroom lamp",
    "turn on the bathroom lamp",
)


@pytest.fixture
def nearest() -> Nearest:
    return Nearest(
        (tuple(each.split()) for each in SENTENCES), {word: phones.split() for word, phones in PHONES.items()}
    )


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("turn on the lamp", "turn on the lamp"),
        ("turn on lamp", "turn on the lamp"),
        ("turn on the lamps", "turn on the lamp"),
        ("turn on the van", "turn on the fan"),
        ("turn on the dishwasher", None),
        ("turn the lamp", None),  # on or off?
        ("lamp", None),
        ("the", None),
        ("", None),
    ],
)
def test_meant_or_not(nearest: Nearest, heard: str, meant: str | None) -> None:
    match = nearest.find(tuple(heard.split()))
    certain = " ".join(match.words) if match is not None and match.certain else None
    assert certain == meant


def test_two_that_are_equally_near_are_neither(nearest: Nearest) -> None:
    match = nearest.find(("turn", "on", "the", "badroom", "lamp"))
    assert match is not None
    assert not match.certain or match.second - match.distance > 0.05


def test_no_sentences() -> None:
    assert Nearest((), {}).find(("turn", "on")) is None
