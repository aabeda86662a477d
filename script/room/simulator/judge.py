"""What a brain did, held against what was so."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from custom_components.athena.brain.commands import (
    AlarmStart,
    AlarmStop,
    AudioPlay,
    BedExit,
    Command,
    LightsAnimate,
    LightsSetScene,
    LightsSetState,
    Notice,
    Notify,
    RoomSetState,
)
from custom_components.athena.brain.events import SceneActivated
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.scenes import ALL as SCENES

from .calendar import Due
from .camera import Camera
from .clock import ideal_ring
from .drive import Log
from .night import GRACE, Night
from .truth import IN_BED, IN_ROOM, Person, Place, Pose

_BRIGHT: Final = {scene.key for scene in SCENES if scene.look.brightness > 5}
_PUNCTUAL: Final = 1.0
_REPORTS: Final = 5.0
"""Seconds that a stop may come after the sleeper has sat down again: what sensors and hold take."""
_LATELY_UP: Final = 60.0
_HOLD: Final = 3.0
"""Who has been on their feet for so long, and sat down again within the last minute, has left the bed: rule 7 ends the
ring, and begins it anew once they lie down. Counted by itself."""
_LATE: Final = 300.0
_SUNRISE: Final = 15 * 60.0
_EXIT: Final = 30 * 60.0
"""A bed exit is of somebody who has left the bed no longer ago than that."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a brain did wrong."""

    night: int
    at: float
    what: str
    detail: str


@dataclass(slots=True)
class Ring:
    """One stretch of noise."""

    alarm: str
    start: float
    end: float
    why: Why | None = None


@dataclass(slots=True)
class Verdict:
    """On one night."""

    findings: list[Finding] = field(default_factory=list)
    alarms: int = 0
    """That ought to have rung for somebody in bed."""
    to_stop: list[float] = field(default_factory=list)
    """Seconds from truly out of bed to the stop, where the sensors could tell."""
    events: int = 0


class Judge:
    """Of one night."""

    def __init__(self, night: Night, log: Log) -> None:
        self._night = night
        self._log = log
        self._owners = {own.alarm.id: night.lives.people[own.owner] for own in night.alarms}
        self._silenced: list[Ring] = []
        self._rings = self._all_rings()
        self.verdict = Verdict(events=len(night.feed))

    def judge(self) -> Verdict:
        """Return the verdict."""
        for due in self._night.dues:
            self._on_due(due)
        for ring in self._rings:
            self._on_ring(ring)
        for at, command, cause in self._log.commands:
            match command:
                case RoomSetState(state=state):
                    self._on_state(at, state)
                case BedExit() if self._all_in_bed(at):
                    self._find(at, "false_exit", "room.bed_exit while nobody had left the bed")
                case LightsSetScene() | LightsSetState() | LightsAnimate():
                    if not isinstance(cause, SceneActivated):
                        self._on_light(at, command)
                case AlarmStart():
                    self._on_start(at, command)
        return self.verdict

    def _find(self, at: float, what: str, detail: str) -> None:
        if self._night.home.kit == "pir" and what in {"lit_sleeper", "false_exit"}:
            what += " unseen"  # nothing in that room can tell that somebody keeps still in it
        self.verdict.findings.append(Finding(self._night.number, at, what, detail))

    def _all_rings(self) -> list[Ring]:
        rings: list[Ring] = []
        now: dict[str, Ring] = {}
        cut = self._night.faults.cut
        for at, command, _ in self._log.commands:
            if cut is not None and at >= cut[0]:
                if not self._goes_on(cut[1]):
                    for ring in now.values():
                        ring.end = cut[0]
                    self._silenced = list(now.values())
                    now.clear()
                cut = None
            match command:
                case AlarmStart(alarm=alarm) if alarm not in now:
                    now[alarm] = Ring(alarm, at, self._night.lives.end)
                    rings.append(now[alarm])
                case AlarmStop(alarm=alarm, why=why) if alarm in now:
                    ring = now.pop(alarm)
                    ring.end, ring.why = at, why
        return rings

    def _goes_on(self, back: float) -> bool:
        """Whether there is noise, or an end of it, as soon as the power is back."""
        return any(
            isinstance(command, AlarmStart | AlarmStop | AudioPlay) and back <= at <= back + 15
            for at, command, _ in self._log.commands
        )

    # ---- alarms

    def _on_due(self, due: Due) -> None:
        cut = self._night.faults.cut
        ideals = [ideal_ring(self._night.clock.real(at), cut, GRACE) for at in due.at]
        known = [at for at in ideals if at is not None]
        owner = self._owners[due.alarm]
        if not known:
            back = cut[1] if cut else 0.0
            if not any(
                isinstance(command, Notify) and command.notice is Notice.ALARM_MISSED and at >= back
                for at, command, _ in self._log.commands
            ):
                self.verdict.alarms += 1
                self._find(back, "missed_alarm", f"{due.alarm}: past grace, and nobody was told")
            return
        if not all(owner.track.in_bed(at) for at in known):
            return
        self.verdict.alarms += 1
        if not any(
            ring.alarm == due.alarm and abs(ring.start - at) <= _PUNCTUAL for ring in self._rings for at in known
        ):
            self._find(known[-1], "missed_alarm", f"{due.alarm} was due at {due.local:%a %H:%M}, its sleeper in bed")

    def _on_start(self, at: float, start: AlarmStart) -> None:
        dues = [self._night.clock.real(due.at[0]) for due in self._night.dues if due.alarm == start.alarm]
        if not any(due - _PUNCTUAL <= at < due + 3 * 3600 for due in dues):
            self._find(at, "ghost_ring", f"{start.alarm} rings, and was not due")
        elif self._night.home.tracked and self._away_for(at, 600):
            self._find(at, "ghost_ring", f"{start.alarm} rings, and nobody is at home")

    def _away_for(self, at: float, seconds: float) -> bool:
        people = [person for person in self._night.lives.people if person.lives_here]
        return all(
            person.track.at(moment).place is Place.AWAY for person in people for moment in (at - seconds, at)
        ) and not any(self._night.lives.people[-1].track.at(at).place in IN_ROOM for _ in people)

    def _on_ring(self, ring: Ring) -> None:
        owner = self._owners[ring.alarm]
        cap = self._night.settings.alarm_cap.total_seconds()
        jump = abs(self._night.clock.wrong_by)  # the house counts by its clock
        if ring.end - ring.start - self._off(ring) > cap + 2 + jump:
            self._find(ring.end, "past_cap", f"{ring.alarm} rang for {ring.end - ring.start:.0f} s")
        if ring.why is not None:
            self._on_stop(ring, ring.why, owner)
        cut = self._night.faults.cut
        if cut and ring in self._silenced and cut[1] - ring.start < cap - 30 and owner.track.in_bed(cut[1]):
            self._find(cut[1], "missed_alarm", f"{ring.alarm} rang when the power went, and not after")
        self._on_departure(ring, owner)

    def _off(self, ring: Ring) -> float:
        cut = self._night.faults.cut
        return max(0.0, min(ring.end, cut[1]) - max(ring.start, cut[0])) if cut else 0.0

    def _on_stop(self, ring: Ring, why: Why, owner: Person) -> None:
        if why in {Why.CAP, Why.APP} or not owner.track.in_bed(ring.end):
            return
        if self._was_up(owner, ring.end - _REPORTS, ring.end, 0):
            return
        if self._was_up(owner, max(ring.start, ring.end - _LATELY_UP), ring.end, _HOLD):
            self._find(ring.end, "stop_on_return", f"{ring.alarm} stopped, its sleeper just back on the bed")
            return
        if why is Why.BUTTON and (self._one_bed_for_two or not self._testifies(ring.end, owner)):
            return
        pose = owner.track.at(ring.end)
        doing = pose.place.name.lower() + (" asleep" if pose.asleep else "")
        self._find(ring.end, "wrongful_stop", f"{ring.alarm} stopped by {why}, its sleeper {doing}")

    def _was_up(self, owner: Person, start: float, end: float, least: float) -> bool:
        """Whether they were out of bed for so long at a stretch between two moments."""
        return any(min(b, end) - max(a, start) > least for a, b in _out(owner))

    @property
    def _one_bed_for_two(self) -> bool:
        """Whether no sensor can tell one sleeper from the other: then the button ends an alarm (design §3.8)."""
        return self._night.home.two and not any(getattr(sensor, "side", None) for sensor in self._night.home.sensors)

    def _testifies(self, at: float, owner: Person) -> bool:
        """Whether the sensors could tell that the sleeper has left: nothing is dead, nothing else is in the bed."""
        cut = self._night.faults.cut
        if any(start <= at + 60 and at <= end for start, end in self._night.faults.dead.values()):
            return False
        if cut and cut[0] - 900 <= at <= cut[1] + 60:
            return False
        home = self._night.home
        if home.kit in {"pir", "camera", "mat, radar", "camera, bed pir"} or (home.two and "mat" not in home.kit):
            return False  # a camera sees one of two
        if "mat" not in home.kit and not self._seen(owner.track.at(at)):
            return False
        cat = self._night.lives.cat
        if cat is not None and cat.at(at).place in IN_BED:
            return False
        return not any(person is not owner and person.track.in_bed(at) for person in self._night.lives.people)

    def _seen(self, pose: Pose) -> bool:
        """Whether the camera can see them so: not under a blanket, and in the dark not every one."""
        cameras = (sensor for sensor in self._night.home.sensors if isinstance(sensor, Camera))
        return not pose.covered and any(camera.sees_in_the_dark or not pose.asleep for camera in cameras)

    def _on_departure(self, ring: Ring, owner: Person) -> None:
        """Measure how long it rings on once its sleeper is out."""
        out = [(a, b) for a, b in _out(owner) if ring.start <= a < ring.end]
        for start, end in out:
            begin, finish = max(start, ring.start), min(end, ring.end)
            stopped = finish == ring.end and ring.why is not None
            if not (stopped or finish - begin > _LATE) or self._off(ring):
                continue
            if self._testifies(begin, owner) and self._testifies(finish, owner):
                self.verdict.to_stop.append(finish - begin)
                if finish - begin > _LATE:
                    self._find(begin, "late_stop", f"{ring.alarm} rang {finish - begin:.0f} s on, its sleeper up")

    # ---- the room

    def _on_state(self, at: float, state: RoomState) -> None:
        people = self._night.lives.people
        if state is RoomState.EMPTY:
            if any(person.track.at(at).place in IN_ROOM for person in people):
                places = ", ".join(person.track.at(at).place.name.lower() for person in people)
                self._find(at, "false_exit", f"EMPTY, but they are: {places}")
        elif state is RoomState.SLEEP and not any(self._asleep_near(person, at) for person in people):
            self._find(at, "false_sleep", "SLEEP, and nobody is asleep or within 5 min of it")

    def _asleep_near(self, person: Person, at: float) -> bool:
        times = [at - 300, at, at + 300, *(time for time in person.track.times if abs(time - at) <= 300)]
        return any(person.track.at(time).asleep for time in times)

    def _all_in_bed(self, at: float) -> bool:
        """Whether somebody is in bed, and nobody has left it lately."""
        people = self._night.lives.people
        return any(person.track.in_bed(at) for person in people) and not any(
            not person.track.in_bed(at) and any(person.track.in_bed(time) for time in _lately(person, at))
            for person in people
        )

    def _on_light(self, at: float, command: Command) -> None:
        if not _lights_up(command) or not any(person.track.at(at).asleep for person in self._night.lives.people):
            return
        if any(ring.start <= at <= ring.end for ring in self._rings):
            return
        soon = self._night.clock.reads(at)
        dues = (moment for due in self._night.dues for moment in due.at)
        if any(timedelta(0) <= due - soon <= timedelta(seconds=_SUNRISE) for due in dues):
            return
        self._find(at, "lit_sleeper", f"{command.type} while somebody sleeps")


def _lights_up(command: Command) -> bool:
    match command:
        case LightsSetScene(scene=scene):
            return scene in _BRIGHT
        case LightsSetState(state=state):
            return state == "on"
        case _:
            return True


def _lately(person: Person, at: float) -> list[float]:
    return [at - _EXIT, *(time for time in person.track.times if at - _EXIT <= time <= at)]


def _out(person: Person) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for start, end, pose in person.track.spans():
        if pose.place not in IN_BED:
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return spans
