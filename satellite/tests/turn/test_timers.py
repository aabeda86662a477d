"""The table of timers."""

import pytest

from athena_satellite.turn import events
from athena_satellite.turn.phrases import Line, timer_line
from athena_satellite.turn.timers import MAX_TIMERS, Timers


def started(timer: str = "1", name: str | None = None, seconds: float = 60.0) -> events.TimerStarted:
    return events.TimerStarted(timer=timer, seconds=seconds, name=name)


def ringing(timers: Timers) -> tuple[str, ...]:
    """Return what is said of those that ring: a call, since a comparison with an attribute is taken to hold on."""
    return timers.alarm


def ended(timers: Timers, timer: str = "1") -> events.CountdownEnded:
    """Return the end of the present countdown."""
    [number] = [one.number for one in timers.all if one.id == timer]
    return events.CountdownEnded(timer=timer, number=number)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (None, "Timer done."),
        ("  ", "Timer done."),
        ("pasta", "Pasta timer."),
        ("egg timer", "Egg timer."),
        ("Tea.", "Tea timer."),
        ("x" * 500, "X" + "x" * 79 + " timer."),
    ],
)
def test_a_timer_is_called_by_its_name(name: str | None, line: str) -> None:
    assert timer_line(name) == line


def test_whichever_clock_comes_first_lets_it_ring_and_the_other_is_passed_over() -> None:
    for first, second in ((True, False), (False, True)):
        timers = Timers()
        timers.handle(started(name="pasta"))
        here, there = ended(timers), events.TimerFinished(timer="1")
        timers.handle(here if first else there)
        assert ringing(timers) == ("Pasta timer.",)
        timers.silence()
        timers.handle(here if second else there)
        assert ringing(timers) == ()
        assert timers.all == ()


def test_a_paused_timer_does_not_ring_and_goes_on_with_what_was_left() -> None:
    timers = Timers()
    timers.handle(started(name="pasta"))
    old = ended(timers)
    timers.handle(events.TimerUpdated(timer="1", seconds=20.0, active=False))
    timers.handle(old)
    timers.handle(ended(timers))
    assert ringing(timers) == ()
    timers.handle(events.TimerUpdated(timer="1", seconds=20.0, active=True))
    assert [(timer.seconds, timer.active, timer.name) for timer in timers.all] == [(20.0, True, "pasta")]
    timers.handle(ended(timers))
    assert ringing(timers) == ("Pasta timer.",)


def test_the_countdown_of_a_timer_that_was_given_more_time_is_over_when_the_new_one_is() -> None:
    timers = Timers()
    timers.handle(started())
    old = ended(timers)
    timers.handle(events.TimerUpdated(timer="1", seconds=300.0, active=True))
    timers.handle(old)
    assert ringing(timers) == ()


def test_a_cancelled_timer_does_not_ring_nor_go_on_ringing() -> None:
    timers = Timers()
    timers.handle(started())
    old = ended(timers)
    timers.handle(events.TimerCancelled(timer="1"))
    timers.handle(old)
    assert ringing(timers) == ()
    timers.handle(events.TimerFinished(timer="1"))
    assert ringing(timers) == (Line.TIMER_DONE,)
    timers.handle(events.TimerCancelled(timer="1"))
    assert ringing(timers) == ()


def test_those_that_ring_together_are_each_named_once() -> None:
    timers = Timers()
    for timer, name in (("1", "pasta"), ("2", None), ("3", "egg"), ("4", None)):
        timers.handle(started(timer, name))
        timers.handle(events.TimerFinished(timer=timer))
    assert ringing(timers) == ("Pasta timer.", "Timer done.", "Egg timer.")


def test_it_rings_for_five_minutes_and_another_timer_begins_them_anew() -> None:
    timers = Timers()
    timers.handle(events.TimerFinished(timer="1"))
    timers.rang(299.0)
    timers.handle(events.TimerFinished(timer="2"))
    timers.rang(299.0)
    assert ringing(timers)
    timers.rang(1.0)
    assert not ringing(timers)


def test_one_that_was_set_while_the_satellite_was_away_is_counted_from_its_next_change() -> None:
    timers = Timers()
    timers.handle(events.TimerUpdated(timer="7", seconds=5.0, active=True))
    timers.handle(ended(timers, "7"))
    assert ringing(timers) == (Line.TIMER_DONE,)


def test_the_table_is_bounded_and_what_is_beyond_it_still_rings_by_home_assistants_clock() -> None:
    timers = Timers()
    for number in range(MAX_TIMERS + 10):
        timers.handle(started(str(number), name=str(number)))
    assert len(timers.all) == MAX_TIMERS
    assert len(timers.lines) == MAX_TIMERS
    timers.handle(events.TimerFinished(timer=str(MAX_TIMERS + 5)))
    assert ringing(timers) == (Line.TIMER_DONE,)
