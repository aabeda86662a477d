"""`script/replay`: the requirements' evening as lines of JSON, told to the real script."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from custom_components.athena.brain.room_state import Why
from script.room.replay.explanation import SENTENCES
from tests.architecture.repository import ROOT

type Json = dict[str, Any]

NIGHT: Final = datetime(2026, 1, 5, 22, 0, tzinfo=UTC)
MORNING: Final = datetime(2026, 1, 6, 7, 0, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)

SEVEN: Final = "alarms: [{id: work, time: 07:00, weekdays: daily}]\n"


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the script printed."""

    commands: list[Json]
    errors: list[str]
    status: int

    def of(self, kind: str, **fields: object) -> list[Json]:
        """Return the commands of a type that have these fields."""
        return [one for one in self.commands if one["type"] == kind and fields.items() <= one.items()]

    def moments(self, kind: str, **fields: object) -> list[datetime]:
        return [datetime.fromisoformat(one["at"]) for one in self.of(kind, **fields)]

    def said(self) -> list[str]:
        return [one["text"] for one in self.of("audio.say")]

    def states(self) -> list[str]:
        return [one["state"] for one in self.of("room.set_state")]

    def scenes(self) -> list[str]:
        return [one["scene"] for one in self.of("lights.set_scene")]


def _replay(folder: Path, lines: Sequence[Json | str], *options: str, room: str | None = None) -> Replayed:
    events = folder / "events.jsonl"
    events.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines))
    if room is not None:
        (folder / "room.yaml").write_text(room)
        options = ("--room", str(folder / "room.yaml"), *options)
    return _run(str(events), *options)


def _run(*arguments: str, stdin: str = "") -> Replayed:
    done = subprocess.run(
        [ROOT / "script/replay", *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=120
    )
    return Replayed([json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines(), done.returncode)


def _event(kind: str, at: datetime, source: str, **fields: object) -> Json:
    return {"type": kind, "room": "bedroom", "at": at.isoformat(), "source": source, **fields}


def _motion(at: datetime, source: str = "pir", **fields: object) -> Json:
    return _event("presence.motion_detected", at, source, **fields)


def _posture(at: datetime, posture: str, zone: str, source: str = "camera") -> Json:
    return _event("vision.posture_update", at, source, posture=posture, zone=zone)


def _lies(start: datetime, until: datetime, every: timedelta = MINUTE) -> list[Json]:
    """Return what a camera tells of somebody who lies still in bed, up to and with `until`."""
    count = (until - start) // every
    return [_posture(start + number * every, "lying", "bed") for number in range(count + 1)]


def _said(at: datetime, text: str) -> Json:
    return _event("voice.command", at, "satellite", text=text)


def _asleep_until_the_alarm() -> list[Json]:
    """Return a night: comes in at ten, lies down on the mat at 22:05, and lies there until seven."""
    bed = NIGHT + 5 * MINUTE
    return [
        _motion(NIGHT),
        _event("bed.occupied", bed, "mat"),
        *_lies(bed, MORNING + 5 * SECOND, every=timedelta(minutes=2)),
    ]


# ---- PRD §5.1, §9, §15: entry and exit


def test_entry_at_1_am_plays_the_welcome_scene(tmp_path: Path) -> None:
    """PRD §15: "Entry at any hour → always play welcome scene (even at 1am)"."""
    one = datetime(2026, 1, 6, 1, 0, tzinfo=UTC)
    done = _replay(tmp_path, [_motion(one, seq=1)])
    assert (done.status, done.errors) == (0, [])
    assert done.states() == ["OCCUPIED"]
    assert done.of("lights.animate", animation="golden_shimmer", duration=2.5)
    assert done.scenes() == ["entry"]
    assert done.said() == ["Welcome back, Arman."]
    kinds = [command["type"] for command in done.commands]
    assert kinds.index("lights.animate") < kinds.index("lights.set_scene")
    assert {command["at"] for command in done.commands} == {one.isoformat()}


def test_the_line_of_the_design_is_understood(tmp_path: Path) -> None:
    line = (
        '{"type": "presence.motion_detected", "room": "bedroom", "at": "2026-01-06T00:58:00+00:00", '
        '"source": "pir", "seq": 1}'
    )
    done = _replay(tmp_path, [line])
    assert done.commands[0] == {
        "at": "2026-01-06T00:58:00+00:00",
        "type": "room.set_state",
        "room": "bedroom",
        "state": "OCCUPIED",
        "why": "came_in",
        "by": ["pir"],
    }


def test_no_motion_for_ten_minutes_is_the_exit_scene(tmp_path: Path) -> None:
    """PRD §5.1, §9: nothing is told, time alone brings it."""
    done = _replay(tmp_path, [_motion(NIGHT)], "--until", (NIGHT + 10 * MINUTE).isoformat())
    assert done.states() == ["OCCUPIED", "EMPTY"]
    assert done.scenes() == ["entry", "exit"]
    assert done.said()[-1] == "Goodbye."
    assert done.moments("room.set_state", state="EMPTY") == [NIGHT + 10 * MINUTE]


def test_after_the_last_event_nothing_comes(tmp_path: Path) -> None:
    assert _replay(tmp_path, [_motion(NIGHT)]).states() == ["OCCUPIED"]


def test_what_was_waited_for_comes_before_the_next_event(tmp_path: Path) -> None:
    again = NIGHT + 11 * MINUTE
    done = _replay(tmp_path, [_motion(NIGHT), _motion(again)])
    assert done.states() == ["OCCUPIED", "EMPTY", "OCCUPIED"]
    assert done.moments("room.set_state") == [NIGHT, NIGHT + 10 * MINUTE, again]


# ---- PRD §5.2, §9: sleep


def test_lying_still_for_ten_minutes_is_sleep_in_silence(tmp_path: Path) -> None:
    done = _replay(tmp_path, [_motion(NIGHT), *_lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE)])
    assert done.states() == ["OCCUPIED", "SLEEP"]
    assert done.moments("room.set_state", state="SLEEP") == [NIGHT + 11 * MINUTE]
    assert done.scenes() == ["entry", "sleep"]
    assert done.said() == ["Welcome back, Arman."]


@pytest.mark.parametrize("text", ["Arvis, I'm still awake", "not asleep"])
def test_still_awake_cancels_sleep(tmp_path: Path, text: str) -> None:
    """PRD §15: "cancel transition, stay OCCUPIED"."""
    lines = [*_lies(NIGHT + MINUTE, NIGHT + 20 * MINUTE), _said(NIGHT + 6 * MINUTE + SECOND, text)]
    done = _replay(tmp_path, [_motion(NIGHT), *sorted(lines, key=lambda line: str(line["at"]))])
    assert len(done.of("room.cancel_sleep_transition")) == 1
    assert done.states() == ["OCCUPIED"]
    assert done.said()[-1] == "Sleep mode disabled."


def test_still_awake_brings_the_light_back_that_sleep_took(tmp_path: Path) -> None:
    lines = [*_lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE), _said(NIGHT + 13 * MINUTE, "Arvis, I'm still awake")]
    done = _replay(tmp_path, [_motion(NIGHT), *lines])
    assert done.states() == ["OCCUPIED", "SLEEP", "OCCUPIED"]
    assert done.of("lights.restore")


def test_a_voice_command_in_sleep_is_executed(tmp_path: Path) -> None:
    """PRD §15, 1: "execute command, do NOT ignore"."""
    asleep = NIGHT + 13 * MINUTE
    lines = [
        *_lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE),
        _said(asleep, "Arvis, night mode"),
        _said(asleep + SECOND, "turn on the lamp"),
        _said(asleep + 2 * SECOND, "turn off the record player"),
        _said(asleep + 3 * SECOND, "lights on"),
    ]
    done = _replay(tmp_path, [_motion(NIGHT), *lines])
    assert done.states()[-1] == "SLEEP"
    assert done.of("lights.set_scene", scene="night", at=asleep.isoformat())
    assert done.of("device.on", device="lamp")
    assert done.of("device.off", device="record_player")
    assert done.of("lights.set_state", state="on")
    assert "Night mode." in done.said()


# ---- PRD §5.2, §9: the alarm


def test_an_alarm_of_the_file_rings_at_its_time_with_light_and_voice(tmp_path: Path) -> None:
    done = _replay(tmp_path, _asleep_until_the_alarm(), "--until", (MORNING + MINUTE).isoformat(), room=SEVEN)
    assert done.moments("lights.animate", animation="sunrise") == [MORNING - 12 * MINUTE]
    assert done.moments("alarm.start", alarm="work", profile="morning_default") == [MORNING]
    assert done.moments("room.set_state", state="WAKE") == [MORNING]
    lines = done.of("audio.say", text="Arman, wake up now.")
    gaps = {
        (datetime.fromisoformat(later["at"]) - datetime.fromisoformat(one["at"])).total_seconds()
        for one, later in pairwise(lines)
    }
    assert len(lines) >= 4
    assert all(10 <= gap <= 15 for gap in gaps)
    volumes = [line["volume"] for line in lines]
    assert volumes == sorted(set(volumes))
    assert not done.of("alarm.stop")


def test_the_alarm_is_not_stopped_by_voice_nor_by_sitting_up(tmp_path: Path) -> None:
    """PRD §15, 4: "requires physical action (bed exit), NOT voice command"."""
    lines = [
        *_asleep_until_the_alarm(),
        _said(MORNING + 10 * SECOND, "Arvis, stop the alarm"),
        _said(MORNING + 11 * SECOND, "Arvis, I'm still awake"),
        _posture(MORNING + 12 * SECOND, "sitting", "bed"),
        _said(MORNING + 40 * SECOND, "stop"),
    ]
    done = _replay(tmp_path, lines, "--until", (MORNING + 2 * MINUTE).isoformat(), room=SEVEN)
    assert len(done.of("alarm.start")) == 1
    assert not done.of("alarm.stop")
    assert max(done.moments("audio.say", text="Arman, wake up now.")) > MORNING + MINUTE


def test_the_alarm_stops_three_seconds_after_two_witnesses_of_the_bed_exit(tmp_path: Path) -> None:
    up = MORNING + 20 * SECOND
    lines = [
        *_asleep_until_the_alarm(),
        _event("bed.cleared", up, "mat"),
        _posture(up + SECOND, "standing", "floor"),
        _posture(up + 2 * SECOND, "standing", "floor"),
    ]
    done = _replay(tmp_path, lines, "--until", (up + MINUTE).isoformat(), room=SEVEN)
    stopped = done.moments("alarm.stop", alarm="work", why="out_of_bed")
    assert len(stopped) == 1
    assert up + 3 * SECOND <= stopped[0] <= up + 4 * SECOND
    assert done.said()[-1] == "Good morning, Arman."
    assert done.states()[-1] == "OCCUPIED"


def test_an_empty_mat_alone_does_not_stop_the_alarm(tmp_path: Path) -> None:
    lines = [_motion(NIGHT), _event("bed.occupied", NIGHT + MINUTE, "mat")]
    lines.append(_event("bed.cleared", MORNING + 20 * SECOND, "mat"))
    done = _replay(tmp_path, lines, "--until", (MORNING + 5 * MINUTE).isoformat(), room=SEVEN)
    assert len(done.of("alarm.start")) == 1
    assert not done.of("alarm.stop")


def test_a_debug_source_is_never_a_witness(tmp_path: Path) -> None:
    up = MORNING + 20 * SECOND
    lines = [
        *_asleep_until_the_alarm(),
        _event("vision.bed_exit", up, "debug"),
        _event("bed.cleared", up + SECOND, "debug"),
        _posture(up + 2 * SECOND, "standing", "floor", source="debug"),
        _motion(up + 3 * SECOND, source="debug"),
        _event("button.pressed", up + 4 * SECOND, "debug"),
        _event("alarm.dismissed", up + 5 * SECOND, "debug"),
    ]
    done = _replay(tmp_path, lines, "--until", (up + MINUTE).isoformat(), room=SEVEN)
    assert len(done.of("alarm.start")) == 1
    assert not done.of("alarm.stop")
    assert done.status == 0
    assert [line for line in done.errors if "refused" in line and "never a witness" in line]


def test_the_alarm_rings_by_the_time_zone_of_the_room(tmp_path: Path) -> None:
    """On the night on which Berlin's clocks leap from 2:00 to 3:00, an alarm at 2:30 rings when they have."""
    before = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    leapt = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    room = "time_zone: Europe/Berlin\nalarms: [{id: early, time: 2:30}]\n"
    lines = [_motion(before), _event("bed.occupied", before + MINUTE, "mat")]
    done = _replay(tmp_path, lines, "--until", leapt.isoformat(), room=room)
    assert done.moments("alarm.start", alarm="early") == [leapt]


# ---- rooms


def test_an_unknown_room_gets_the_defaults(tmp_path: Path) -> None:
    room = "room: bedroom\nname: Ada\nempty_after: 1 min\n"
    lines = [_motion(NIGHT), _motion(NIGHT) | {"room": "attic"}]
    done = _replay(tmp_path, lines, "--until", (NIGHT + 30 * MINUTE).isoformat(), room=room)
    assert (done.status, done.errors) == (0, [])
    assert done.moments("room.set_state", state="EMPTY", room="bedroom") == [NIGHT + MINUTE]
    assert done.moments("room.set_state", state="EMPTY", room="attic") == [NIGHT + 10 * MINUTE]
    assert done.of("audio.say", room="bedroom")[0]["text"] == "Welcome back, Ada."
    assert done.of("audio.say", room="attic")[0]["text"] == "Welcome back, Arman."


def test_a_file_that_names_no_room_is_of_the_first_one_heard_of(tmp_path: Path) -> None:
    done = _replay(tmp_path, [_motion(NIGHT)], room='name: ""\n')
    assert done.said() == ["Welcome back."]


def test_several_rooms_share_what_is_said_beside_them(tmp_path: Path) -> None:
    room = "empty_after: 120\nrooms:\n  bedroom: {name: Ada}\n  kitchen:\n"
    lines = [_motion(NIGHT), _motion(NIGHT) | {"room": "kitchen"}]
    done = _replay(tmp_path, lines, "--until", (NIGHT + 2 * MINUTE).isoformat(), room=room)
    assert done.said() == ["Welcome back, Ada.", "Welcome back, Arman.", "Goodbye.", "Goodbye."]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("10 min", 10), ("90 s", 1.5), ("2 h", 120), ("1 h 30 min", 90), ("00:02:30", 2.5), ("90", 1.5), ("1.5 min", 1.5)],
)
def test_a_duration_in_words_hours_or_seconds(tmp_path: Path, said: str, minutes: float) -> None:
    until = NIGHT + timedelta(hours=3)
    done = _replay(tmp_path, [_motion(NIGHT)], "--until", until.isoformat(), room=f"empty_after: {said}\n")
    assert done.moments("room.set_state", state="EMPTY") == [NIGHT + timedelta(minutes=minutes)]


@pytest.mark.parametrize("window", ["20:00–09:00", "20:00-09:00", "20:00 - 9:00", "[20:00, 09:00]"])
def test_a_window_of_the_night(tmp_path: Path, window: str) -> None:
    room = f"sleep_window: {window}\nshared_bed: false\nsensors: {{camera: camera}}\n"
    done = _replay(tmp_path, [_motion(NIGHT), *_lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE)], room=room)
    assert (done.status, done.states()) == (0, ["OCCUPIED", "SLEEP"])


@pytest.mark.parametrize(
    ("room", "says"),
    [
        ("empty_afer: 10 min\n", "'empty_afer' is no setting; these are: alarm_cap, alarms, awake_hold, empty_after,"),
        ("empty_after: soon\n", "empty_after is 'soon', not a duration of up to a week like \"10 min\""),
        ("empty_after: -5\n", "empty_after is -5, not a duration"),
        ("empty_after: 10:00\n", "empty_after is '10:00', not a duration"),
        ("empty_after: 8 h 200 h\n", "empty_after is '8 h 200 h', not a duration of up to a week"),
        ("empty_after: true\n", "empty_after is True, not a duration"),
        ("sleep_window: 20:00\n", "sleep_window is '20:00', not two times like 20:00–09:00"),
        ("sleep_window: 20:00–25:00\n", "sleep_window is '25:00', not a time like 07:00"),
        ("time_zone: Mars/Olympus\n", "time_zone is 'Mars/Olympus', not a time zone like Europe/Berlin"),
        ("time_zone: Europe\n", "time_zone is 'Europe', not a time zone"),
        ("time_zone: ../etc/passwd\n", "not a time zone like Europe/Berlin"),
        ("shared_bed: perhaps\n", "shared_bed is 'perhaps', not true or false"),
        ("sensors: {pir: sonar}\n", "sensors: pir is 'sonar', not one of pir, mmwave, door"),
        ("sensors: pir\n", "sensors is 'pir', not a mapping"),
        ("name: 7\n", "name is 7, not a text"),
        ('room: ""\n', "room is empty"),
        ("alarms: 07:00\n", "alarms is '07:00', not a list"),
        ("alarms: [{time: 07:00}]\n", "alarms: alarm 1: alarm: id missing"),
        ("alarms: [{id: a, time: late}]\n", "alarm: time is 'late', not a time like 07:00"),
        ("alarms: [{id: a, time: 07:00, weekdays: often}]\n", "weekdays is 'often', neither weekdays, weekend, daily"),
        ("alarms: [{id: a, time: 07:00}, {id: a, time: 08:00}]\n", "alarms: two have the id a"),
        ("alarms: [{id: a, time: 07:00, date: 2020-01-01}]\n", "alarm a: the alarm would never ring"),
        ("rooms: [bedroom]\n", "rooms is ['bedroom'], not a mapping"),
        ("rooms: {bedroom: quiet}\n", "rooms: bedroom is 'quiet', not a mapping"),
        ("rooms: {bedroom: {empty_after: soon}}\n", "rooms: bedroom: empty_after is 'soon'"),
        ("rooms: {bedroom: {}}\nalarms: []\n", "alarms beside rooms: say it of one of the rooms"),
        ("[bedroom]\n", "is ['bedroom'], not a mapping"),
        ("room: [\n", "is not YAML"),
        ("room: !!python/object/apply:os.getcwd []\n", "is not YAML"),
    ],
)
def test_a_bad_room_is_refused_by_file_and_key_and_nothing_is_replayed(tmp_path: Path, room: str, says: str) -> None:
    done = _replay(tmp_path, [_motion(NIGHT)], room=room)
    assert (done.status, done.commands) == (2, [])
    assert len(done.errors) == 1
    assert done.errors[0].startswith(f"replay: {tmp_path / 'room.yaml'}: ")
    assert says in done.errors[0]


# ---- what bad input gets


def test_a_bad_line_is_named_and_the_others_are_replayed(tmp_path: Path) -> None:
    bad: list[Json | str] = [
        "motion!",
        "[" * 100_000,
        "[]",
        _motion(NIGHT) | {"type": "presence.smelled"},
        _motion(NIGHT) | {"at": "2026-01-05T22:00:00"},
        _motion(NIGHT) | {"confidence": 1},
        '{"type": "presence.motion_detected"}',
        _posture(NIGHT, "lying", "bed") | {"confidence": float("nan")},
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "",
    ]
    done = _replay(tmp_path, [*bad, _motion(NIGHT)])
    assert done.status == 1
    assert done.states() == ["OCCUPIED"]
    assert [line.split(": ", 2)[:2] for line in done.errors] == [
        ["replay", f"line {number}"] for number in range(1, 10)
    ]
    assert "is not JSON" in done.errors[0]
    assert "type is 'presence.smelled'" in done.errors[3]
    assert "which has no time zone" in done.errors[4]
    assert "'confidence' is none of its fields" in done.errors[5]
    assert "room, at, source missing" in done.errors[6]
    assert "confidence is nan" in done.errors[7]


def test_an_event_twice_or_out_of_order_is_ignored_and_the_reason_told(tmp_path: Path) -> None:
    cleared = _event("presence.cleared", NIGHT - MINUTE, "pir", seq=2)
    old = _event("presence.cleared", NIGHT - 2 * MINUTE, "radar", seq=1)
    done = _replay(tmp_path, [_motion(NIGHT, seq=1), _motion(NIGHT, seq=1), cleared, old])
    assert done.status == 0
    assert done.states() == ["OCCUPIED"]
    assert done.errors == [
        "replay: line 2: ignored: pir has told it already",
        "replay: line 3: ignored: pir has told something newer already",
        "replay: line 4: ignored: it comes more than 60 s late",
    ]


def test_an_event_from_the_far_future_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    lines = [_motion(NIGHT), _motion(NIGHT.replace(year=2190)), _motion(NIGHT + 11 * MINUTE)]
    done = _replay(tmp_path, lines)
    assert done.status == 1
    assert done.states() == ["OCCUPIED", "EMPTY", "OCCUPIED"]
    assert done.errors == ["replay: line 2: at is 59900 days later than what was before it"]


def test_what_the_brain_refuses_is_told_and_is_no_bad_line(tmp_path: Path) -> None:
    done = _replay(tmp_path, [_motion(NIGHT), _event("scene.activated", NIGHT, "agent", scene="disco")])
    assert done.status == 0
    assert done.errors == ["replay: line 2: refused: no scene 'disco' in this house"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.jsonl"], "replay: nowhere.jsonl: No such file or directory"),
        (["-", "--room", "nowhere.yaml"], "replay: nowhere.yaml: No such file or directory"),
        (["-", "--until", "tomorrow"], "--until: is 'tomorrow', not a moment like"),
        ([], "the following arguments are required"),
    ],
)
def test_bad_arguments_are_refused(arguments: list[str], says: str) -> None:
    done = _run(*arguments)
    assert (done.status, done.commands) == (2, [])
    assert says in done.errors[-1]


# ---- the rest


def test_a_dash_reads_the_standard_input() -> None:
    assert _run("-", stdin=json.dumps(_motion(NIGHT))).states() == ["OCCUPIED"]


def test_nothing_told_is_nothing_ordered() -> None:
    done = _run("-", "--until", NIGHT.isoformat())
    assert (done.status, done.commands, done.errors) == (0, [], [])


def test_explain_says_of_every_command_why(tmp_path: Path) -> None:
    lines = [_motion(NIGHT), _said(NIGHT + MINUTE, "lights off")]
    plain = _replay(tmp_path, lines, "--until", (NIGHT + timedelta(hours=1)).isoformat())
    done = _replay(tmp_path, lines, "--until", (NIGHT + timedelta(hours=1)).isoformat(), "--explain")
    assert [{key: value for key, value in one.items() if key != "explain"} for one in done.commands] == plain.commands
    assert all(one["explain"].keys() == {"why", "by", "text"} for one in done.commands)
    assert done.of("audio.say", text="Welcome back, Arman.")[0]["explain"] == {
        "why": "came_in",
        "by": ["pir"],
        "text": "Somebody came into an empty room (pir).",
    }
    assert done.of("lights.set_state")[0]["explain"]["text"] == "Somebody asked for it (satellite)."
    assert done.of("room.set_state", state="EMPTY")[0]["explain"]["why"] == "left"


def test_every_reason_has_a_sentence() -> None:
    assert SENTENCES.keys() == set(Why)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_the_script_starts_no_home_assistant() -> None:
    code = (
        "import sys; from script.room.alone import brain_alone; brain_alone(); import script.room.replay.cli; "
        "print([name for name in sys.modules if name.partition('.')[0] == 'homeassistant'])"
    )
    done = subprocess.run(
        [ROOT / ".venv/bin/python", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
