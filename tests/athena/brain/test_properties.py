"""Whatever happens: no alarm is missed, none stops but by the rules, none rings past its cap, no sleeper is lit up.

The facts are drawn at random, foolish ones among them; an oracle of its own, far simpler than the rules, judges.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.athena.brain.commands import (
    AlarmStart,
    AlarmStop,
    Command,
    LightsAnimate,
    LightsSetScene,
    RoomSetState,
)
from custom_components.athena.brain.errors import BrainError
from custom_components.athena.brain.events import (
    AlarmDeleted,
    AlarmSkipped,
    BedExitReported,
    LightsTouched,
    PersonAway,
    PersonHome,
    QuietSet,
    RoomForced,
    WakeWord,
)
from custom_components.athena.brain.room_state import RoomState, Why
from custom_components.athena.brain.settings import RoomSettings

from .life import Life, alarm

type Step = Callable[[Life], tuple[Command, ...]]

HOLD: Final = RoomSettings(room="").witness_hold
CAP: Final = RoomSettings(room="").alarm_cap

POSTURES: Final = [
    ("lying", "bed"), ("sitting", "bed"), ("sitting", "floor"), ("standing", "floor"), ("sitting", "desk"),
]  # fmt: skip


def _tell(name: str, *arguments: object, **payload: object) -> Step:
    step: Step = lambda life: getattr(life, name)(*arguments, **payload)  # noqa: E731
    step.__name__ = f"{name}{arguments or ''}{payload or ''}"
    return step


FACTS: Final[list[Step]] = [
    *(_tell(name, source) for name in ("seen", "cleared", "lost") for source in ("pir", "mmwave", "door")),
    *(_tell(name, source) for name in ("felt", "let_go", "lost") for source in ("mat", "debug")),
    _tell("let_go"),
    _tell("seen", "debug"),
    _tell("seen", "pir", held=True),
    *(_tell("posture", *posture) for posture in POSTURES),
    _tell("posture", "standing", "floor", confidence=0.2),
    _tell("posture", "standing", "floor", by="debug"),
    _tell("unseen"),
    _tell("lost", "camera"),
    _tell("tell", BedExitReported, "camera"),
    _tell("tell", BedExitReported, "debug"),
    _tell("tell", WakeWord, "satellite"),
    _tell("tell", LightsTouched, "light.lamp"),
    _tell("tell", QuietSet, "app", on=True),
    _tell("tell", QuietSet, "app", on=False),
    _tell("tell", PersonAway, "person.arman"),
    _tell("tell", PersonHome, "person.arman"),
    _tell("tell", AlarmSkipped, "app", alarm="morning"),
    _tell("tell", AlarmSkipped, "app", alarm="morning", skip=False),
    _tell("tell", AlarmDeleted, "app", alarm="second"),
    _tell("sets", alarm("07:20", id="second")),
    _tell("sets", alarm("07:20", id="second", enabled=False)),
    *(_tell("tell", RoomForced, "app", state=state) for state in RoomState),
    *(_tell("asked", scene) for scene in ("focus", "sleep", "exit")),
    *(_tell("said", text) for text in ("stop the alarm", "I'm still awake", "lights on")),
    _tell("pressed"),
    _tell("pressed", "debug"),
    _tell("dismissed"),
    _tell("dismissed", "debug"),
    _tell("restarts"),
    _tell("restarts", away=timedelta(minutes=7)),
]
SECONDS: Final = st.sampled_from([0, 0.5, 1, 2, 3, 3, 4, 12, 30, 60, 200, 600, 1800, 7200])


@dataclass
class Judge:
    """What an onlooker knows who reads the facts and the orders."""

    life: Life
    ringing: dict[str, datetime] = field(default_factory=dict)
    began: set[tuple[str, datetime]] = field(default_factory=set)
    asleep: bool = False

    def sees(self, orders: tuple[Command, ...], step: Step | None) -> None:
        before: dict[str, datetime] = {}
        if step is not None and step.__name__.startswith("restarts"):
            before, self.ringing = self.ringing, {}  # nothing makes noise while the house is down
        for order in orders:
            match order:
                case AlarmStart(alarm=key, occurrence=occurrence):
                    self.ringing[key] = before.get(key, self.life.now)
                    self.began.add((key, occurrence))
                case AlarmStop(alarm=key, why=why):
                    self._may_stop(key, why, step)
                    self.ringing.pop(key, None)
                case RoomSetState(state=state):
                    self.asleep = state is RoomState.SLEEP
                case LightsSetScene(scene=scene) if self.asleep:
                    asked = step is not None and step.__name__.startswith(("asked", "said"))
                    assert asked or self.life.room.scenes[scene].look.brightness <= 5, scene
                case LightsAnimate(animation=animation):
                    assert animation == "sunrise" or not self.asleep
        for key, since in self.ringing.items():
            assert self.life.now - since <= CAP, f"{key} rings past its cap"

    def _may_stop(self, key: str, why: Why, step: Step | None) -> None:
        name = step.__name__ if step is not None else ""
        match why:
            case Why.APP:
                assert name == "dismissed"
            case Why.BUTTON:
                assert name == "pressed"
            case Why.CAP:
                since = self.ringing.get(key)
                assert since is None or self.life.now - since == CAP
            case _:
                assert why is Why.OUT_OF_BED
                self._is_out_of_bed()

    def _is_out_of_bed(self) -> None:
        """Two sensors, neither of them made up, say so, and none says the contrary."""
        bed = self.life.room._mind.bed
        at = self.life.now
        words = {name: (one.inside_at(at), one.since) for name, one in bed.sources.items()}
        assert "debug" not in words
        assert "debug" not in bed.floor
        assert not any(inside for inside, _ in words.values())
        out = [since for inside, since in words.values() if inside is False and since is not None]
        assert out
        assert at - max(out) >= HOLD
        emptied = max(out) - timedelta(minutes=1)
        about = [
            sight
            for floor in bed.floor.values()
            for sight in (*floor.sights, floor.off_since)
            if _after(sight, emptied)
        ]
        upright = [one.upright for one in bed.sources.values() if one.upright is not None]
        assert about or upright or len(out) > 1


def _after(sight: datetime | None, moment: datetime) -> bool:
    return sight is not None and sight >= moment


@given(st.sampled_from(["06:55", "07:00"]), st.lists(st.tuples(SECONDS, st.sampled_from(FACTS)), max_size=60))
@settings(max_examples=250, deadline=None, derandomize=True)
def test_no_counter_example_to_rules_7_and_8(begin: str, facts: list[tuple[float, Step]]) -> None:
    life = Life()
    judge = Judge(life)
    life.sets()
    life.till("22:00")
    life.comes_home()
    life.felt()
    life.posture("lying")
    judge.sees(life.till(begin), None)
    for seconds, step in facts:
        _pass(judge, seconds)
        try:
            judge.sees(step(life), step)
        except BrainError:
            continue
    _pass(judge, 4 * 3600)


def _pass(judge: Judge, seconds: float) -> None:
    """Let time pass moment by moment, and see to it that what is due happens when it is."""
    life, until = judge.life, judge.life.now + timedelta(seconds=seconds)
    while life.now < until:
        due = min((clock.next for clock in life.room.clocks if clock.next is not None), default=until)
        moment = min(until, max(life.due or until, life.now))
        up, away = life.room.up_for(moment), life.room.nobody_home(moment)
        rings = {clock.alarm.id: clock.next for clock in life.room.clocks if clock.next == due == moment}
        judge.sees(life.passes(seconds=(moment - life.now).total_seconds()), None)
        for key, occurrence in rings.items():
            assert occurrence is not None
            excused = up >= RoomSettings(room="").up_for or away or key in judge.ringing
            assert excused or (key, occurrence) in judge.began, f"{key} was missed at {occurrence}"
        if moment == until:
            break
