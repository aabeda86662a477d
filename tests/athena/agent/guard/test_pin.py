"""The PIN that somebody speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.agent.guard.guard import load_digits
from custom_components.athena.agent.guard.pin import CLOSED_FOR, Keypad, check_pin

DIGITS = load_digits("en")


@pytest.mark.parametrize(
    ("said", "pin"),
    [
        ("1234", "1234"),
        ("1 2 3 4", "1234"),
        ("one two three four", "1234"),
        ("One, two, three, four.", "1234"),
        ("my PIN is one two three four please", "1234"),
        ("twelve thirty four", "1234"),
        ("zero oh four two", "0042"),
        ("twenty twenty six", "2026"),
        ("thirty forty", "3040"),
        ("ten eleven", "1011"),
    ],
)
def test_a_pin_is_understood_however_it_is_said(said: str, pin: str) -> None:
    assert check_pin(said, pin, DIGITS)


@pytest.mark.parametrize(
    "said", ["", "yes", "1235", "12345", "123", "one two three", "4321", "thirty four", "١٢٣٤", "'; --"]
)
def test_anything_else_is_wrong(said: str) -> None:
    assert not check_pin(said, "1234", DIGITS)


def test_without_a_pin_nothing_is_right() -> None:
    assert not check_pin("", "", DIGITS)


@given(st.from_regex(r"\A[0-9]{4,8}\Z"))
def test_every_pin_can_be_said_in_words(pin: str) -> None:
    words = {number: word for word, number in DIGITS.items() if len(number) == 1}
    assert check_pin(" ".join(words[digit] for digit in pin), pin, DIGITS)
    assert not check_pin(" ".join(words[digit] for digit in pin), f"{pin}0", DIGITS)


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return the time."""
    return Clock()


def test_three_wrong_pins_close_the_keypad_for_five_minutes(clock: Clock) -> None:
    keypad = Keypad("1234", DIGITS, clock)
    assert [keypad.takes("0000") for _ in range(3)] == [False] * 3
    assert keypad.is_closed
    clock.now = CLOSED_FOR - 1
    assert not keypad.takes("1234"), "the right one does not open it either"
    clock.now = CLOSED_FOR
    assert not keypad.is_closed
    assert not keypad.takes("0000")
    assert not keypad.is_closed, "they are counted anew"
    assert keypad.takes("1234")


def test_the_right_pin_forgets_the_wrong_ones(clock: Clock) -> None:
    keypad = Keypad("1234", DIGITS, clock)
    for said in ("0000", "1111", "one two three four", "0000", "1111"):
        keypad.takes(said)
    assert not keypad.is_closed
    assert keypad.takes("1234")
