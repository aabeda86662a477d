"""The timeline of `script/demo --day`, and its picture; whether the day itself happens is the command's own status."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from script.house import cli
from script.house.day.acts import Act
from script.house.day.picture import draw
from script.house.day.play import next_time
from script.house.day.record import Record, Span
from script.house.day.stage import Sample
from script.house.day.timeline import Timeline
from script.house.out import Out

EVENING = datetime(2026, 11, 16, 18, 5, tzinfo=UTC)
LINE = "7 degrees and rainy, up to 11. Two events: <b>Dentist</b> at 9:30 AM and Dinner & a film at 7 PM."


def act(at: datetime, *, lines: tuple[str, ...] = (), missing: tuple[str, ...] = ()) -> Act:
    return Act(
        at=at,
        title="",
        heard="turn on the record player that stands beside the window",
        lines=lines,
        seen=("plug: Record Player, 12 W",),
        state="occupied",
        missing=missing,
    )


def test_a_time_that_has_been_is_of_the_next_day() -> None:
    assert next_time("18:05:00", EVENING) == EVENING
    assert next_time("06:48:01", EVENING) == datetime(2026, 11, 17, 6, 48, 1, tzinfo=UTC)


def test_a_timeline_fits_a_hundred_columns_and_loses_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    Timeline(Out(as_json=False)).tell(act(EVENING, lines=(LINE,), missing=("the relay being closed",)))
    told = capsys.readouterr().out.splitlines()
    assert max(map(len, told)) <= 100
    assert told[2].startswith(" 18:05  says “turn on the")
    words = " ".join(line[32:62].strip() for line in told[2:]).replace("\N{NO-BREAK SPACE}", " ")
    assert LINE in words
    assert any(line.endswith("MISSING: the relay being closed") for line in told)
    assert "\x1b" not in "".join(told)


def test_a_picture_has_every_word_in_a_column_of_its_own_and_a_chapter_for_each_part_of_the_day() -> None:
    morning = EVENING + timedelta(hours=13)
    ends = morning + timedelta(minutes=1)
    acts = [act(EVENING), act(EVENING + timedelta(minutes=5)), act(morning, lines=(LINE,))]
    light = [Sample(at=one.at, brightness=70, colour="#ffd700") for one in acts]
    record = Record(
        acts=acts,
        light=[*light, Sample(at=ends, brightness=0, colour="#000000")],
        states=[Span(since=EVENING, until=ends, what="occupied")],
        music=[],
        ringing=[Span(since=morning, until=ends, what="on")],
    )
    svg = ET.fromstring(draw(record))
    texts = [text for text in svg.iter() if text.tag.endswith("text")]
    assert LINE in " ".join(text.text or "" for text in texts).replace("\N{NO-BREAK SPACE}", " ")
    assert [text.text for text in texts if text.get("class") == "day"] == ["Monday", "Tuesday"]
    edges = sorted({float(line.get("x1", "")) for line in svg.iter() if line.get("class") == "tick"})
    assert len(edges) == 2  # of the first chapter, whose second column begins in the middle; the last has but one
    for text in texts:
        begins = float(text.get("x", ""))
        ends_before = min((edge for edge in edges if edge > begins), default=float(svg.get("width", "")))
        assert begins + 7 * len(text.text or "") < ends_before or float(text.get("y", "")) > 300  # the chapter below
    assert re.search(r"prefers-color-scheme: dark", "".join(svg.itertext()))


def test_a_picture_without_a_day_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--picture", str(tmp_path / "day.svg")])
    assert ended.value.code == 2
    assert "say --day, too" in capsys.readouterr().err
