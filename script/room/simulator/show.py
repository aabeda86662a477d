"""Shows one night: who was where, what the house heard, what it did, and what was wrong with that."""

import argparse
from collections.abc import Iterator
from typing import Final

from custom_components.athena.brain.events import Event
from custom_components.athena.brain.house import House

from .drive import Drive, Log, Make
from .judge import Judge
from .naive import NaiveBrain
from .night import Night, draw_night

BRAINS: Final[dict[str, Make]] = {"athena": lambda settings: House([settings]), "naive": NaiveBrain}


def lines_of(night: Night, log: Log) -> Iterator[tuple[float, str]]:
    """Return all that happened, with the second of the night."""
    for person in night.lives.people:
        for start, _, pose in person.track.spans():
            state = " ".join((pose.place.name, *(["asleep"] * pose.asleep), *(["covered"] * pose.covered)))
            yield start, f"* {person.name} ({person.side}): {state}"
    if night.lives.cat is not None:
        for start, _, pose in night.lives.cat.spans():
            yield start, f"* cat: {pose.place.name}"
    for at, event in night.feed:
        yield at, f"  {event.type} {event.source} {_rest(event)} {'' if _near(night, at, event) else event.at}"
    for at, command, cause in log.commands:
        yield at, f"    > {command}  [{cause.type}]"
    for at, refusal in log.refused:
        yield at, f"    ! {refusal}"


def _near(night: Night, at: float, event: Event) -> bool:
    return abs((event.at - night.clock.reads(at)).total_seconds()) < 1


def _rest(event: Event) -> str:
    names = (name for name in type(event).__dataclass_fields__ if name not in {"room", "at", "source"})
    return " ".join(f"{name}={getattr(event, name)}" for name in names if name != "alarm")


def main() -> None:
    """Show it."""
    parser = argparse.ArgumentParser(prog="python -m script.room.simulator", description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--brain", choices=BRAINS, default="athena")
    parser.add_argument("--from", dest="start", type=float, default=0, help="second of the night")
    parser.add_argument("--to", type=float, default=1e9)
    arguments = parser.parse_args()
    night = draw_night(arguments.number, arguments.seed)
    log = Drive(night, BRAINS[arguments.brain]).run()
    print(f"{night.home}\n{night.faults}\nfrom {night.dates.start.astimezone(night.dates.zone)}")
    for own in night.alarms:
        print(own)
    for due in night.dues:
        print(f"due: {due.alarm} {due.local} at {[night.clock.real(at) for at in due.at]}")
    for at, line in sorted(lines_of(night, log), key=lambda line: line[0]):
        if arguments.start <= at <= arguments.to:
            print(f"{at:9.1f} {night.clock.reads(at).astimezone(night.dates.zone):%H:%M:%S} {line}")
    for finding in Judge(night, log).judge().findings:
        print(finding)
