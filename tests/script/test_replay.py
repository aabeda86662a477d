"""`script/replay`: the requirements' evening as lines of JSON, told to the real script."""

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from custom_components.athena.brain.room_state import Why
from script.room.replay.explanation import SENTENCES
from script.room.replay.room_file import KEYS
from tests.architecture.repository import ROOT

from .replaying import MINUTE, MORNING, NIGHT, SECOND, Json, event, lies, motion, posture, replay, run, said

SEVEN: Final = "alarms: [{id: work, time: 07:00, weekdays: daily}]\n"


def _asleep_until_the_alarm() -> list[Json]:
    """Return a night: comes in at ten, lies down on the mat at 22:05, and lies there until seven."""
    bed = NIGHT + 5 * MINUTE
    return [
        motion(NIGHT),
        event("bed.occupied", bed, "mat"),
        *lies(bed, MORNING + 5 * SECOND, every=timedelta(minutes=2)),
    ]


# ---- PRD §5.1, §9, §15: entry and exit


def test_entry_at_1_am_plays_the_welcome_scene(tmp_path: Path) -> None:
    """PRD §15: "Entry at any hour → always play welcome scene (even at 1am)"."""
    one = datetime(2026, 1, 6, 1, 0, tzinfo=UTC)
    done = replay(tmp_path, [motion(one, seq=1)])
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
    done = replay(tmp_path, [line])
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
    done = replay(tmp_path, [motion(NIGHT)], "--until", (NIGHT + 10 * MINUTE).isoformat())
    assert done.states() == ["OCCUPIED", "EMPTY"]
    assert done.scenes() == ["entry", "exit"]
    assert done.said()[-1] == "Goodbye."
    assert done.moments("room.set_state", state="EMPTY") == [NIGHT + 10 * MINUTE]


def test_after_the_last_event_nothing_comes(tmp_path: Path) -> None:
    assert replay(tmp_path, [motion(NIGHT)]).states() == ["OCCUPIED"]


def test_what_was_waited_for_comes_before_the_next_event(tmp_path: Path) -> None:
    again = NIGHT + 11 * MINUTE
    done = replay(tmp_path, [motion(NIGHT), motion(again)])
    assert done.states() == ["OCCUPIED", "EMPTY", "OCCUPIED"]
    assert done.moments("room.set_state") == [NIGHT, NIGHT + 10 * MINUTE, again]


# ---- PRD §5.2, §9: sleep


def test_lying_still_for_ten_minutes_is_sleep_in_silence(tmp_path: Path) -> None:
    done = replay(tmp_path, [motion(NIGHT), *lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE)])
    assert done.states() == ["OCCUPIED", "SLEEP"]
    assert done.moments("room.set_state", state="SLEEP") == [NIGHT + 11 * MINUTE]
    assert done.scenes() == ["entry", "sleep"]
    assert done.said() == ["Welcome back, Arman."]


@pytest.mark.parametrize("text", ["Arvis, I'm still awake", "not asleep"])
def test_still_awake_cancels_sleep(tmp_path: Path, text: str) -> None:
    """PRD §15: "cancel transition, stay OCCUPIED"."""
    lines = [*lies(NIGHT + MINUTE, NIGHT + 20 * MINUTE), said(NIGHT + 6 * MINUTE + SECOND, text)]
    done = replay(tmp_path, [motion(NIGHT), *sorted(lines, key=lambda line: str(line["at"]))])
    assert len(done.of("room.cancel_sleep_transition")) == 1
    assert done.states() == ["OCCUPIED"]
    assert done.said()[-1] == "Sleep mode disabled."


def test_still_awake_brings_the_light_back_that_sleep_took(tmp_path: Path) -> None:
    lines = [*lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE), said(NIGHT + 13 * MINUTE, "Arvis, I'm still awake")]
    done = replay(tmp_path, [motion(NIGHT), *lines])
    assert done.states() == ["OCCUPIED", "SLEEP", "OCCUPIED"]
    assert done.of("lights.restore")


def test_a_voice_command_in_sleep_is_executed(tmp_path: Path) -> None:
    """PRD §15, 1: "execute command, do NOT ignore"."""
    asleep = NIGHT + 13 * MINUTE
    lines = [
        *lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE),
        said(asleep, "Arvis, night mode"),
        said(asleep + SECOND, "turn on the lamp"),
        said(asleep + 2 * SECOND, "turn off the record player"),
        said(asleep + 3 * SECOND, "lights on"),
    ]
    done = replay(tmp_path, [motion(NIGHT), *lines])
    assert done.states()[-1] == "SLEEP"
    assert done.of("lights.set_scene", scene="night", at=asleep.isoformat())
    assert done.of("device.on", device="lamp")
    assert done.of("device.off", device="record_player")
    assert done.of("lights.set_state", state="on")
    assert "Night mode." in done.said()


# ---- PRD §5.2, §9: the alarm


def test_an_alarm_of_the_file_rings_at_its_time_with_light_and_voice(tmp_path: Path) -> None:
    done = replay(tmp_path, _asleep_until_the_alarm(), "--until", (MORNING + MINUTE).isoformat(), room=SEVEN)
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
        said(MORNING + 10 * SECOND, "Arvis, stop the alarm"),
        said(MORNING + 11 * SECOND, "Arvis, I'm still awake"),
        posture(MORNING + 12 * SECOND, "sitting", "bed"),
        said(MORNING + 40 * SECOND, "stop"),
    ]
    done = replay(tmp_path, lines, "--until", (MORNING + 2 * MINUTE).isoformat(), room=SEVEN)
    assert len(done.of("alarm.start")) == 1
    assert not done.of("alarm.stop")
    assert max(done.moments("audio.say", text="Arman, wake up now.")) > MORNING + MINUTE


def test_the_alarm_stops_three_seconds_after_two_witnesses_of_the_bed_exit(tmp_path: Path) -> None:
    up = MORNING + 20 * SECOND
    lines = [
        *_asleep_until_the_alarm(),
        event("bed.cleared", up, "mat"),
        posture(up + SECOND, "standing", "floor"),
        posture(up + 2 * SECOND, "standing", "floor"),
    ]
    done = replay(tmp_path, lines, "--until", (up + MINUTE).isoformat(), room=SEVEN)
    stopped = done.moments("alarm.stop", alarm="work", why="out_of_bed")
    assert len(stopped) == 1
    assert up + 3 * SECOND <= stopped[0] <= up + 4 * SECOND
    assert done.said()[-1] == "Good morning, Arman."
    assert done.states()[-1] == "OCCUPIED"


def test_an_empty_mat_alone_does_not_stop_the_alarm(tmp_path: Path) -> None:
    lines = [motion(NIGHT), event("bed.occupied", NIGHT + MINUTE, "mat")]
    lines.append(event("bed.cleared", MORNING + 20 * SECOND, "mat"))
    done = replay(tmp_path, lines, "--until", (MORNING + 5 * MINUTE).isoformat(), room=SEVEN)
    assert len(done.of("alarm.start")) == 1
    assert not done.of("alarm.stop")


def test_a_debug_source_is_never_a_witness(tmp_path: Path) -> None:
    up = MORNING + 20 * SECOND
    lines = [
        *_asleep_until_the_alarm(),
        event("vision.bed_exit", up, "debug"),
        event("bed.cleared", up + SECOND, "debug"),
        posture(up + 2 * SECOND, "standing", "floor", source="debug"),
        motion(up + 3 * SECOND, source="debug"),
        event("button.pressed", up + 4 * SECOND, "debug"),
        event("alarm.dismissed", up + 5 * SECOND, "debug"),
    ]
    done = replay(tmp_path, lines, "--until", (up + MINUTE).isoformat(), room=SEVEN)
    assert len(done.of("alarm.start")) == 1
    assert not done.of("alarm.stop")
    assert done.status == 0
    assert [line for line in done.errors if "refused" in line and "never a witness" in line]


def test_the_alarm_rings_by_the_time_zone_of_the_room(tmp_path: Path) -> None:
    """On the night on which Berlin's clocks leap from 2:00 to 3:00, an alarm at 2:30 rings when they have."""
    before = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)
    leapt = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    room = "time_zone: Europe/Berlin\nalarms: [{id: early, time: 2:30}]\n"
    lines = [motion(before), event("bed.occupied", before + MINUTE, "mat")]
    done = replay(tmp_path, lines, "--until", leapt.isoformat(), room=room)
    assert done.moments("alarm.start", alarm="early") == [leapt]


# ---- the rest


def test_a_dash_reads_the_standard_input() -> None:
    assert run("-", stdin=json.dumps(motion(NIGHT))).states() == ["OCCUPIED"]


def test_nothing_told_is_nothing_ordered() -> None:
    done = run("-", "--until", NIGHT.isoformat())
    assert (done.status, done.commands, done.errors) == (0, [], [])


def test_explain_says_of_every_command_why(tmp_path: Path) -> None:
    lines = [motion(NIGHT), said(NIGHT + MINUTE, "lights off")]
    later = ("--until", (NIGHT + timedelta(hours=1)).isoformat())
    plain, done = replay(tmp_path, lines, *later), replay(tmp_path, lines, *later, "--explain")
    assert [explained | said for explained, said in zip(done.commands, plain.commands, strict=True)] == done.commands
    assert all(one["because"].endswith(".") for one in done.commands)
    welcome = done.of("audio.say", text="Welcome back, Arman.")[0]
    assert (welcome["why"], welcome["by"]) == ("came_in", ["pir"])
    assert welcome["because"] == "Somebody came into an empty room (pir)."
    assert done.of("lights.set_state")[0]["because"] == "Somebody asked for it (satellite)."
    assert done.of("lights.set_scene", scene="exit")[0]["why"] == "left"
    assert done.of("wait.start")[0]["why"] is None


def test_explain_says_why_an_alarm_goes_on(tmp_path: Path) -> None:
    options = ("--until", (MORNING + MINUTE).isoformat(), "--explain")
    done = replay(tmp_path, _asleep_until_the_alarm(), *options, room=SEVEN)
    assert {one["because"] for one in done.of("audio.say", text="Arman, wake up now.")} == {
        "An alarm is due.",
        "An alarm rings, and nobody is out of bed yet.",
    }
    assert {one["why"] for one in done.of("audio.play", sound="alarm")} == {"alarm"}


def test_every_reason_has_a_sentence() -> None:
    assert SENTENCES.keys() == set(Why)
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_the_evening_of_the_documentation_is_as_it_says(tmp_path: Path) -> None:
    text = (ROOT / "docs/replay.md").read_text()
    told, ordered = re.findall(r"```jsonl\n(.*?)```", text, re.DOTALL)
    room = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0]
    done = replay(tmp_path, told.splitlines(), "--until", "2026-01-06T06:01:00Z", room=room)
    assert (done.status, done.errors) == (0, [])
    lines = [json.loads(line) for line in ordered.splitlines()]
    assert lines
    assert [command for command in done.commands if command in lines] == lines


def test_every_setting_of_a_room_is_in_the_documentation() -> None:
    text = (ROOT / "docs/replay.md").read_text()
    assert [key for key in KEYS if f"`{key}`" not in text] == []


def test_the_script_starts_no_home_assistant() -> None:
    code = (
        "import sys; from script.room.alone import brain_alone; brain_alone(); import script.room.replay.cli; "
        "print([name for name in sys.modules if name.partition('.')[0] == 'homeassistant'])"
    )
    done = subprocess.run(
        [ROOT / ".venv/bin/python", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
