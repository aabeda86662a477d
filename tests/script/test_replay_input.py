"""`script/replay`: rooms in YAML, and what bad input gets."""

from datetime import timedelta
from pathlib import Path

import pytest

from .replaying import MINUTE, NIGHT, Json, event, lies, motion, posture, replay, run

# ---- rooms


def test_an_unknown_room_gets_the_defaults(tmp_path: Path) -> None:
    room = "room: bedroom\nname: Ada\nempty_after: 1 min\n"
    lines = [motion(NIGHT), motion(NIGHT) | {"room": "attic"}]
    done = replay(tmp_path, lines, "--until", (NIGHT + 30 * MINUTE).isoformat(), room=room)
    assert (done.status, done.errors) == (0, [])
    assert done.moments("room.set_state", state="EMPTY", room="bedroom") == [NIGHT + MINUTE]
    assert done.moments("room.set_state", state="EMPTY", room="attic") == [NIGHT + 10 * MINUTE]
    assert done.of("audio.say", room="bedroom")[0]["text"] == "Welcome back, Ada."
    assert done.of("audio.say", room="attic")[0]["text"] == "Welcome back, Arman."


def test_a_file_that_names_no_room_is_of_the_first_one_heard_of(tmp_path: Path) -> None:
    done = replay(tmp_path, [motion(NIGHT)], room='name: ""\n')
    assert done.said() == ["Welcome back."]


def test_several_rooms_share_what_is_said_beside_them(tmp_path: Path) -> None:
    room = "empty_after: 120\nrooms:\n  bedroom: {name: Ada}\n  kitchen:\n"
    lines = [motion(NIGHT), motion(NIGHT) | {"room": "kitchen"}]
    done = replay(tmp_path, lines, "--until", (NIGHT + 2 * MINUTE).isoformat(), room=room)
    assert done.said() == ["Welcome back, Ada.", "Welcome back, Arman.", "Goodbye.", "Goodbye."]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("10 min", 10), ("90 s", 1.5), ("2 h", 120), ("1 h 30 min", 90), ("00:02:30", 2.5), ("90", 1.5), ("1.5 min", 1.5)],
)
def test_a_duration_in_words_hours_or_seconds(tmp_path: Path, said: str, minutes: float) -> None:
    until = NIGHT + timedelta(hours=3)
    done = replay(tmp_path, [motion(NIGHT)], "--until", until.isoformat(), room=f"empty_after: {said}\n")
    assert done.moments("room.set_state", state="EMPTY") == [NIGHT + timedelta(minutes=minutes)]


@pytest.mark.parametrize("window", ["20:00–09:00", "20:00-09:00", "20:00 - 9:00", "[20:00, 09:00]"])
def test_a_window_of_the_night(tmp_path: Path, window: str) -> None:
    room = f"sleep_window: {window}\nshared_bed: false\nsensors: {{camera: camera}}\n"
    done = replay(tmp_path, [motion(NIGHT), *lies(NIGHT + MINUTE, NIGHT + 12 * MINUTE)], room=room)
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
    done = replay(tmp_path, [motion(NIGHT)], room=room)
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
        motion(NIGHT) | {"type": "presence.smelled"},
        motion(NIGHT) | {"at": "2026-01-05T22:00:00"},
        motion(NIGHT) | {"confidence": 1},
        '{"type": "presence.motion_detected"}',
        posture(NIGHT, "lying", "bed") | {"confidence": float("nan")},
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "",
    ]
    done = replay(tmp_path, [*bad, motion(NIGHT)])
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
    cleared = event("presence.cleared", NIGHT - MINUTE, "pir", seq=2)
    old = event("presence.cleared", NIGHT - 2 * MINUTE, "radar", seq=1)
    done = replay(tmp_path, [motion(NIGHT, seq=1), motion(NIGHT, seq=1), cleared, old])
    assert done.status == 0
    assert done.states() == ["OCCUPIED"]
    assert done.errors == [
        "replay: line 2: ignored: pir has told it already",
        "replay: line 3: ignored: pir has told something newer already",
        "replay: line 4: ignored: it comes more than 60 s late",
    ]


def test_an_event_from_the_far_future_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    lines = [motion(NIGHT), motion(NIGHT.replace(year=2190)), motion(NIGHT + 11 * MINUTE)]
    done = replay(tmp_path, lines)
    assert done.status == 1
    assert done.states() == ["OCCUPIED", "EMPTY", "OCCUPIED"]
    assert done.errors == ["replay: line 2: 2190-01-05T22:00:00+00:00 is 59900 days later than what was before it"]


def test_an_end_in_the_far_future_is_refused(tmp_path: Path) -> None:
    done = replay(tmp_path, [motion(NIGHT)], "--until", "2190-01-05T22:00:00Z")
    assert (done.status, done.states()) == (2, ["OCCUPIED"])
    assert done.errors == ["replay: 2190-01-05T22:00:00+00:00 is 59900 days later than what was before it"]


def test_what_the_brain_refuses_is_told_and_is_no_bad_line(tmp_path: Path) -> None:
    done = replay(tmp_path, [motion(NIGHT), event("scene.activated", NIGHT, "agent", scene="disco")])
    assert done.status == 0
    assert done.errors == ["replay: line 2: refused: no scene 'disco' in this room"]


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
    done = run(*arguments)
    assert (done.status, done.commands) == (2, [])
    assert says in done.errors[-1]
