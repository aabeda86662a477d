"""Whoever is there in a night, from home to home: sleepers, a guest, a cat."""

import random
from dataclasses import dataclass

from .calendar import OwnAlarm
from .evening import HOUR, MINUTE, fall_asleep, go_out, plan, sleep_until, spend_evening, use_room
from .home import Home
from .morning import get_up, start_the_day, up_before
from .truth import AWAKE, AWAY, EDGE, FLOOR, OUT, Lives, Person, Pose, Track, stirs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """When the alarms of each sleeper ought to ring."""

    of: tuple[tuple[float, ...], ...]

    @property
    def all(self) -> list[float]:
        """Of all of them, in order."""
        return sorted(at for rings in self.of for at in rings)


def draw_lives(home: Home, rings: Rings, end: float, rng: random.Random) -> Lives:
    """Draw what everybody does tonight."""
    everybody_away = rng.random() < 0.03
    people = []
    for index, side in enumerate(home.sides):
        away = everybody_away or (home.two and rng.random() < 0.1)
        track = Track()
        if away:
            track.until(OUT, rng.uniform(60, HOUR))
            track.until(AWAY, end)
        else:
            live(track, rings.of[index], end, rng)
        name = f"person.{('arman', 'partner')[index]}"
        people.append(Person(name=name, track=track, stirs=stirs_of(track, rng), side=side))
    if not everybody_away and rng.random() < 0.06:
        track = _guest(end, rng)
        people.append(Person(name="guest", track=track, stirs=stirs_of(track, rng), lives_here=False))
    return Lives(people=people, cat=_cat(end, rng) if home.cat else None, end=end, rings=rings.all)


def live(track: Track, rings: tuple[float, ...], end: float, rng: random.Random) -> None:
    """Live from 17:00 to noon."""
    today = plan(rng)
    spend_evening(track, today, rng)
    fall_asleep(track, today, rng)
    ring = next((at for at in rings if at > track.end + 10 * MINUTE), None)
    if ring is None:
        sleep_until(track, max(track.end + 4 * HOUR, rng.uniform(13, 17) * HOUR), today, rng)
        _leave_bed(track, rng)
    elif rng.random() < 1 / 8:
        sleep_until(track, max(track.end, up_before(rng, ring) - 60), today, rng)
        track.be(AWAKE, rng.uniform(20, 60))
        _leave_bed(track, rng)
    elif rng.random() < 0.05:  # up for water just as it rings, and back to bed after
        sleep_until(track, max(track.end, ring - rng.uniform(40, 240)), today, rng)
        go_out(track, rng, OUT, rng.uniform(0.5, 8) * MINUTE)
        track.be(AWAKE, rng.uniform(1, 20) * MINUTE)
        _leave_bed(track, rng)
    else:
        sleep_until(track, ring, today, rng)
        get_up(track, ring, rng)
    start_the_day(track, end, rng)
    _shorten(track, end)


def _leave_bed(track: Track, rng: random.Random) -> None:
    track.be(EDGE, rng.uniform(2, 30))


def _guest(end: float, rng: random.Random) -> Track:
    track = Track()
    track.until(OUT, rng.uniform(1.5, 4) * HOUR)
    while track.end < rng.uniform(5, 6.5) * HOUR:
        use_room(track, rng, rng.uniform(5, 60) * MINUTE)
        track.be(OUT, rng.uniform(5, 40) * MINUTE)
    track.until(AWAY, end)
    return track


def _cat(end: float, rng: random.Random) -> Track:
    track = Track()
    on_bed = Pose(AWAKE.place)
    while track.end < end:
        track.be(OUT, rng.uniform(5, 150) * MINUTE)
        track.be(FLOOR, rng.uniform(0.3, 8) * MINUTE)
        if rng.random() < 0.4:
            track.be(on_bed, rng.uniform(3, 120) * MINUTE)
            track.be(FLOOR, rng.uniform(0.2, 3) * MINUTE)
    _shorten(track, end)
    return track


def _shorten(track: Track, end: float) -> None:
    while track.times and track.times[-1] >= end:
        track.times.pop()
        track.poses.pop()
    track.end = end


def alarms_of(drawn: list[OwnAlarm], owner: int) -> list[OwnAlarm]:
    """Return the alarms of one of them that are on."""
    return [own for own in drawn if own.owner == owner and own.alarm.enabled and not own.skipped]
