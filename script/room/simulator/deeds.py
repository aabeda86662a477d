"""What people do with the room besides living in it: switches, words, the button, the app, the phone in a pocket."""

import random
from dataclasses import dataclass

from custom_components.athena.brain.events import (
    AlarmDismissed,
    AlarmSet,
    AlarmSkipped,
    ButtonPressed,
    LightsTouched,
    PersonAway,
    PersonHome,
    QuietSet,
    SceneActivated,
    StillAwake,
    WakeWord,
)

from .calendar import OwnAlarm
from .evening import HOUR, MINUTE
from .home import Home
from .report import Report
from .truth import IN_BED, Lives, Person, Place

BUTTON = "event.bedroom_button"
SATELLITE = "assist_satellite.bedroom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What they do, and what of it is not to be taken for a fault of the brain."""

    reports: list[Report]
    app_stops: list[float]
    """When somebody stops what rings in the app, and confirms it."""


def draw_deeds(home: Home, alarms: list[OwnAlarm], lives: Lives, rng: random.Random) -> Deeds:
    """Draw them."""
    reports = _set_alarms(alarms, rng)
    app_stops: list[float] = []
    for person in lives.people:
        if person.lives_here:
            if home.tracked:
                reports += _phone(person, rng)
            reports += _words(person, lives, rng)
            reports += _at_night(person, rng)
    if any(not person.lives_here for person in lives.people) and rng.random() < 0.5:
        reports.append(Report(rng.uniform(1.5, 4) * HOUR, "switch.quiet", QuietSet, {"on": True}))
        if rng.random() < 0.8:
            reports.append(Report(rng.uniform(5, 6) * HOUR, "switch.quiet", QuietSet, {"on": False}))
    if home.button:
        reports += _button(home, lives, rng)
    if lives.rings and rng.random() < 0.015:
        app_stops.append(rng.choice(lives.rings) + rng.uniform(10, 120))
    reports += [Report(at, "app", AlarmDismissed) for at in app_stops]
    return Deeds(reports=reports, app_stops=app_stops)


def _set_alarms(alarms: list[OwnAlarm], rng: random.Random) -> list[Report]:
    reports = [Report(2.0, "app", AlarmSet, {"alarm": own.alarm}) for own in alarms]
    reports += [
        Report(rng.uniform(60, 3000), "app", AlarmSkipped, {"alarm": own.alarm.id}) for own in alarms if own.skipped
    ]
    return reports


def _phone(person: Person, rng: random.Random) -> list[Report]:
    """Tell who is at home, minutes late; one night of a hundred it believes for a while that a sleeper has left."""
    home = person.track.at(0.0).place is not Place.AWAY
    reports = [Report(1.0, person.name, PersonHome if home else PersonAway)]
    for start, _, pose in person.track.spans():
        is_home = pose.place is not Place.AWAY
        if is_home is not home:
            home = is_home
            reports.append(Report(start + rng.uniform(0, 180), person.name, PersonHome if home else PersonAway))
    if rng.random() < 0.01:
        at = rng.uniform(6, 15) * HOUR
        reports.append(Report(at, person.name, PersonAway))
        reports.append(Report(at + rng.uniform(3, 25) * MINUTE, person.name, PersonHome))
    return reports


def _words(person: Person, lives: Lives, rng: random.Random) -> list[Report]:
    """Tell of what they say and of the lights that they touch while they are awake in the evening."""
    reports = []
    for _ in range(rng.choice((0, 0, 1, 3))):
        at = rng.uniform(1, 7) * HOUR
        pose = person.track.at(at)
        if pose.place in IN_BED and not pose.asleep and rng.random() < 0.5:
            reports.append(Report(at, SATELLITE, StillAwake))
        elif pose.place in {Place.FLOOR, Place.SEAT} or (pose.place in IN_BED and not pose.asleep):
            reports.append(Report(at, SATELLITE, WakeWord))
            scene = rng.choice(("night", "focus", "entry"))
            others = any(other.track.at(at).asleep for other in lives.people)
            reports.append(Report(at + 3, SATELLITE, SceneActivated, {"scene": "night" if others else scene}))
    return reports


def _at_night(person: Person, rng: random.Random) -> list[Report]:
    """Turn the light off once in bed."""
    for start, end, pose in person.track.spans():
        if pose.place is Place.LYING and not pose.asleep and rng.random() < 0.7:
            return [Report(rng.uniform(start, end), "light", LightsTouched)]
    return []


def _button(home: Home, lives: Lives, rng: random.Random) -> list[Report]:
    """Press it once up, where nothing else would end the noise; some try it from the bed."""
    reports = []
    needed = home.kit == "pir"
    for ring in lives.rings:
        for person in lives.people:
            if not person.lives_here or not person.track.in_bed(ring):
                continue
            up = next(
                (start for start, _, pose in person.track.spans() if start > ring and pose.place is Place.FLOOR), None
            )
            if up is not None and up < ring + 1800 and rng.random() < (0.95 if needed else 0.15):
                reports.append(Report(up + rng.uniform(1, 10), BUTTON, ButtonPressed))
            if rng.random() < 0.06:
                reports.append(Report(ring + rng.uniform(5, 60), BUTTON, ButtonPressed))
    return reports
