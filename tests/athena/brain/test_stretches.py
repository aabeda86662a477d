"""A focus timer's stretches: rounds of work, breaks between them, a long one after four."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.athena.brain.stretches import AWAY_FOR, PAUSED_FOR, Lengths, Phase, Stretch

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
POMODORO = Lengths(focus=1500, short=300, long=900, rounds=4)


def begun(lengths: Lengths = POMODORO) -> Stretch:
    return Stretch(phase=Phase.FOCUS, round=1, due=NINE, lengths=lengths).begun(NINE)


def after(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_four_rounds_of_25_minutes_with_breaks_of_5_and_a_long_one_of_15_at_the_end() -> None:
    told = []
    one: Stretch | None = begun()
    while one is not None:
        told.append((one.phase, one.round, one.length / 60))
        one = one.next()
    works = [(Phase.FOCUS, number, 25) for number in (1, 2, 3, 4)]
    breaks = [(Phase.BREAK, number, 5) for number in (1, 2, 3)] + [(Phase.BREAK, 4, 15)]
    assert told == [each for pair in zip(works, breaks, strict=True) for each in pair]


@pytest.mark.parametrize(("rounds", "phases"), [(1, 1), (2, 3), (3, 5), (4, 8), (5, 9)])
def test_no_break_follows_the_last_round_but_the_long_one_of_a_set_of_four(rounds: int, phases: int) -> None:
    count = 0
    one: Stretch | None = begun(Lengths(focus=1500, short=300, long=900, rounds=rounds))
    while one is not None:
        count, one = count + 1, one.next()
    assert count == phases


def test_what_is_due_by_now_is_found_however_much_it_was() -> None:
    one = begun()
    assert one.at(after(24)) == (one, one)
    over, now = one.at(after(31))
    assert (over.phase, over.round) == (Phase.BREAK, 1)
    assert now is not None
    assert (now.phase, now.round, now.left_at(after(31))) == (Phase.FOCUS, 2, 24 * 60)
    assert one.at(after(600)) == (one.at(after(129))[1], None)


def test_what_stands_still_loses_no_time_and_is_not_waited_for_for_ever() -> None:
    still = begun().still(after(10), away=True)
    assert (still.left, still.due, still.away) == (15 * 60, after(10) + AWAY_FOR, True)
    assert begun().still(after(10), away=False).due == after(10) + PAUSED_FOR
    on = still.going_on(after(40))
    assert (on.due, on.left, on.away) == (after(55), None, False)
    assert begun().left_at(after(90)) == 0


LENGTHS = st.builds(
    Lengths,
    focus=st.integers(1, 7200).map(float),
    short=st.integers(1, 3600).map(float),
    long=st.integers(1, 3600).map(float),
    rounds=st.integers(1, 12),
)


@given(LENGTHS, st.floats(0, 2000))
def test_every_moment_is_in_one_stretch_or_after_all_of_them(lengths: Lengths, minutes: float) -> None:
    one, now = begun(lengths), after(minutes)
    over, following = one.at(now)
    if following is None:
        assert over.next() is None
        assert over.due <= now
    else:
        assert now < following.due
        assert following is one or following.due - timedelta(seconds=following.length) <= now


@given(LENGTHS, st.floats(0, 500), st.booleans())
def test_whatever_is_stored_comes_back_the_same(lengths: Lengths, minutes: float, away: bool) -> None:
    for one in (begun(lengths), begun(lengths).still(after(minutes), away=away)):
        assert Stretch.from_dict(json.loads(json.dumps(one.as_dict()))) == one


@pytest.mark.parametrize("spoilt", [{}, {"lengths": [1]}, {"phase": "nap"}, {"due": "noon"}])
def test_what_is_no_stretch_is_refused(spoilt: dict[str, object]) -> None:
    stored = begun().as_dict() | spoilt if spoilt else {}
    with pytest.raises((KeyError, TypeError, ValueError)):
        Stretch.from_dict(stored)
