"""A person adds Athena, a room, a scene and an alarm from the browser alone; docs/set-up.md tells how."""

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from script.house import browser
from script.house.client import Client
from script.house.house import ROOT
from script.house.set_up import ALARM, SCENE, home_without_athena, set_up

PAGE = (ROOT / "docs" / "set-up.md").read_text("utf-8")
PICTURES = re.findall(r"!\[[^\]]+\]\((set-up/[\w-]+\.png)\)", PAGE)
LARGEST = 150_000
"""Bytes of a picture."""


@pytest.mark.skipif(browser.program() is None, reason="no Chromium on the PATH to set Athena up in")
async def test_a_room_a_scene_and_an_alarm_are_set_up_from_the_browser_alone(tmp_path: Path) -> None:
    pictures: dict[str, bytes] = {}
    async with (
        home_without_athena(tmp_path) as home_assistant,
        browser.browser(tmp_path / "browser") as page,
        home_assistant.client() as client,
    ):

        async def keep(name: str) -> None:
            pictures[name] = await page.picture()
            untranslated = re.findall(r"component\.athena\S*|\[object Object\]", await page.text())
            assert not untranslated

        await set_up(page, home_assistant, keep)
        assert sorted(f"set-up/{name}.png" for name in pictures) == sorted(PICTURES)
        assert await rooms_and_scenes(client) == {("room", "Bedroom"), ("room", "Living Room"), ("scene", SCENE)}
        assert (await client.get(f"/api/states/scene.bedroom_{SCENE.lower()}"))["state"] == "unknown"  # never shown yet
        told = await client.post("/api/services/athena/list_alarms?return_response", {})
        work, other = sorted(told["service_response"]["alarms"], key=lambda one: str(one["name"]) != ALARM)
        assert (work["room"], work["time"], work["weekdays"]) == (
            "bedroom",
            "06:30",
            ["mon", "tue", "wed", "thu", "fri"],
        )
        zone = ZoneInfo((await client.get("/api/config"))["time_zone"])
        next_ring = datetime.fromisoformat(work["next"]).astimezone(zone)
        assert (next_ring.hour, next_ring.minute) == (6, 30)
        assert next_ring > datetime.now(UTC)
        assert next_ring.weekday() < 5
        shown = await client.get("/api/states/sensor.bedroom_next_alarm")
        assert datetime.fromisoformat(shown["state"]) == next_ring
        assert (other["room"], other["app_stop"]) == ("living_room", True)


async def rooms_and_scenes(client: Client) -> set[tuple[str, str]]:
    """Return what has been added to Athena: kind and title."""
    async with client.websocket() as socket:
        [entry] = await socket.command("config_entries/get", domain="athena")
        added = await socket.command("config_entries/subentries/list", entry_id=entry["entry_id"])
    return {(one["subentry_type"], one["title"]) for one in added}


def test_every_step_has_a_picture_that_is_there_and_small() -> None:
    assert len(PICTURES) == len(set(PICTURES)) >= 10
    kept = {f"set-up/{file.name}": file.stat().st_size for file in (ROOT / "docs" / "set-up").iterdir()}
    assert sorted(kept) == sorted(PICTURES)
    assert max(kept.values()) <= LARGEST
