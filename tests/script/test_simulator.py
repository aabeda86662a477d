"""The simulated nights: to be had again, honest about what is so, and judged by it."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.athena.brain.commands import AlarmStop, Command, WaitStart
from custom_components.athena.brain.events import AlarmSet, Event, SensorLost, WaitElapsed
from custom_components.athena.brain.house import House
from custom_components.athena.brain.room_state import Why
from custom_components.athena.brain.settings import Alarm, RoomSettings, Weekday
from script.room.bench.occupied import score, timer
from script.room.bench.recorded_room import read
from script.room.simulator.calendar import Dates, OwnAlarm, dues
from script.room.simulator.clock import Clock, ideal_ring
from script.room.simulator.drive import Drive, Make
from script.room.simulator.judge import Judge, Verdict
from script.room.simulator.naive import NaiveBrain
from script.room.simulator.night import EVENTS, Night, draw_night
from script.room.simulator.spans import union, without

RECORDING = Path(__file__).resolve().parents[3] / "shared" / "data" / "room_occupancy.csv"
BERLIN = ZoneInfo("Europe/Berlin")
NIGHTS = 60


class Silent:
    """A brain that does nothing."""

    def __init__(self, _settings: RoomSettings) -> None:
        pass

    def handle(self, _event: Event) -> tuple[Command, ...]:
        return ()

    def resume(self, _at: datetime) -> tuple[Command, ...]:
        return ()

    def as_dict(self) -> dict[str, Any]:
        return {}

    def restore(self, stored: dict[str, Any]) -> None:
        pass


class Hasty(NaiveBrain):
    """A brain that ends every alarm a second after it has begun."""

    def handle(self, event: Event) -> tuple[Command, ...]:
        orders = super().handle(event)
        if isinstance(event, WaitElapsed) and event.key == "hasty":
            return self._stop(Why.OUT_OF_BED)
        if any(order.type == "alarm.start" for order in orders):
            return (*orders, WaitStart(room=event.room, key="hasty", due=event.at + timedelta(seconds=1)))
        return orders


def judged(night: Night, make: Make) -> Verdict:
    return Judge(night, Drive(night, make).run()).judge()


def found(verdicts: list[Verdict], what: str) -> int:
    return sum(finding.what == what for verdict in verdicts for finding in verdict.findings)


@pytest.fixture(scope="module")
def nights() -> list[Night]:
    return [draw_night(number) for number in range(NIGHTS)]


def test_a_night_is_had_again_by_its_number() -> None:
    assert draw_night(7).feed == draw_night(7).feed
    assert draw_night(7).feed != draw_night(7, seed=1).feed


def test_every_night_has_at_least_150_facts_in_the_order_of_their_arrival(nights: list[Night]) -> None:
    for night in nights:
        assert len(night.feed) >= EVENTS
        assert all(first[0] <= second[0] for first, second in pairwise(night.feed))


def test_everybodys_truth_covers_the_night(nights: list[Night]) -> None:
    for night in nights:
        for person in night.lives.people:
            assert person.track.times[0] == 0
            assert person.track.end == night.lives.end
            assert all(first < second for first, second in pairwise(person.track.times))


def test_a_power_cut_swallows_facts_and_has_every_sensor_asked_again() -> None:
    night = next(night for night in map(draw_night, range(1000)) if night.faults.cut and not night.faults.dead)
    assert night.faults.cut is not None
    start, end = night.faults.cut
    assert not [at for at, _ in night.feed if start <= at < end]
    lost = {event.source for at, event in night.feed if isinstance(event, SensorLost) and end <= at < end + 10}
    assert lost == {sensor.source for sensor in night.home.sensors}


def test_a_brain_that_does_nothing_misses_every_alarm(nights: list[Night]) -> None:
    verdicts = [judged(night, Silent) for night in nights]
    alarms = sum(verdict.alarms for verdict in verdicts)
    assert alarms > NIGHTS / 3
    assert found(verdicts, "missed_alarm") == alarms


def test_a_brain_that_ends_an_alarm_by_itself_stops_it_wrongly(nights: list[Night]) -> None:
    whole = [night for night in nights if night.faults.cut is None]
    verdicts = [judged(night, Hasty) for night in whole]
    rung = sum(verdict.alarms for verdict in verdicts) - found(verdicts, "missed_alarm")
    assert rung > NIGHTS / 3
    assert found(verdicts, "wrongful_stop") >= rung * 0.9  # some are dismissed in the app within that second


def test_the_naive_brain_stops_alarms_wrongly(nights: list[Night]) -> None:
    assert found([judged(night, NaiveBrain) for night in nights], "wrongful_stop") > 0


def test_athena_misses_and_wrongly_stops_nothing_in_a_few_nights(nights: list[Night]) -> None:
    verdicts = [judged(night, lambda settings: House([settings])) for night in nights]
    assert [finding for verdict in verdicts for finding in verdict.findings if finding.what == "missed_alarm"] == []
    assert [finding for verdict in verdicts for finding in verdict.findings if finding.what == "wrongful_stop"] == []


def test_a_cap_is_no_wrongful_stop() -> None:
    night = next(night for night in map(draw_night, range(200)) if judged(night, Silent).alarms)
    log = Drive(night, Hasty).run()
    log.commands = [
        (at, AlarmStop(room=order.room, alarm=order.alarm, occurrence=order.occurrence, why=Why.CAP), cause)
        if isinstance(order, AlarmStop)
        else (at, order, cause)
        for at, order, cause in log.commands
    ]
    assert found([Judge(night, log).judge()], "wrongful_stop") == 0


@pytest.mark.parametrize(
    ("evening", "wall", "utc"),
    [
        (date(2026, 3, 27), "02:30", ["2026-03-28T01:30"]),
        (date(2026, 3, 28), "02:30", ["2026-03-29T01:00", "2026-03-29T01:30"]),  # 2:30 is skipped
        (date(2026, 3, 28), "07:00", ["2026-03-29T05:00"]),
        (date(2026, 10, 24), "02:30", ["2026-10-25T00:30"]),  # there are two; the first will do
    ],
)
def test_an_alarm_is_due_by_the_clock_on_the_wall(evening: date, wall: str, utc: list[str]) -> None:
    alarm = Alarm(id="one", time=time.fromisoformat(wall), weekdays=frozenset(Weekday))
    (due,) = dues(OwnAlarm(alarm=alarm, owner=0), Dates(zone=BERLIN, evening=evening))
    assert [f"{at:%Y-%m-%dT%H:%M}" for at in due.at] == utc


def test_a_clock_that_is_set_right_shows_every_reading_first_when_it_reaches_it() -> None:
    clock = Clock(start=datetime(2026, 1, 1, tzinfo=BERLIN), jump_at=100, wrong_by=10)
    assert clock.real(clock.reads(50)) == 50
    assert clock.real(clock.reads(150)) == 150
    assert clock.real(clock.start + timedelta(seconds=105)) == 95  # before it was set back


@pytest.mark.parametrize(("due", "rings"), [(50, 50), (100, 400), (399, 400), (400, 400)])
def test_what_is_due_while_the_power_is_gone_rings_once_it_is_back(due: float, rings: float) -> None:
    assert ideal_ring(due, (100, 400), 2700) == rings


def test_what_was_due_too_long_ago_does_not_ring() -> None:
    assert ideal_ring(100, (100, 4000), 2700) is None


def test_spans_are_joined_and_cut() -> None:
    assert union([(0, 2), (5, 6)], [(1, 3)]) == [(0, 3), (5, 6)]
    assert union([(0, 2), (3, 4)], gap=1) == [(0, 4)]
    assert without([(0, 10), (20, 30)], [(2, 3), (8, 22)]) == [(0, 2), (3, 8), (22, 30)]


def test_an_alarm_is_saved_with_the_apps_stop_where_a_home_has_no_witness() -> None:
    refused: list[bool] = []

    class Strict(House):
        def __init__(self, settings: RoomSettings) -> None:
            super().__init__([settings])

        def handle(self, event: Event) -> tuple[Command, ...]:
            if isinstance(event, AlarmSet):
                refused.append(event.alarm.app_stop)
            return super().handle(event)

    night = next(n for n in map(draw_night, range(500)) if n.home.kit == "camera" and n.home.two and not n.home.button)
    Drive(night, Strict).run()
    assert refused[:1] == [False]


@pytest.mark.skipif(not RECORDING.exists(), reason="the recording of a room is not there")
@pytest.mark.parametrize(("minutes", "false_offs", "false_on"), [(5, 0.55, 0.95), (10, 0.0, 2.0)])
def test_a_pir_timers_known_numbers_come_out(minutes: int, false_offs: float, false_on: float) -> None:
    samples = read(RECORDING)
    found = score(samples, timer(samples, timedelta(minutes=minutes)))
    assert found.false_offs == pytest.approx(false_offs, abs=0.005)
    assert found.false_on == pytest.approx(false_on, abs=0.005)
