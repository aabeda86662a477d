"""What docs/scenes.md says about adding a scene is done to a copy of Athena, and shows in Home Assistant."""

import json
import re
from pathlib import Path

from custom_components.athena.agent.sentences import Home, load_sentences
from custom_components.athena.brain import scenes

from .copied import ROOT, copy_athena, passes

PAGE = (ROOT / "docs/scenes.md").read_text("utf-8")

NEW_SCENE = re.compile(r"`(custom_components/\S+\.py)`:\s+```python\n(.*?)```", re.DOTALL)
NEW_LINE = re.compile(r"`(custom_components/\S+/__init__\.py)`, together.*?```python\n(.*?)\n\n(.*?)\n```", re.DOTALL)

IN_HOME_ASSISTANT = """
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry


async def test_the_scene_is_there(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    for room in ("living_room", "kitchen", "bedroom"):
        assert hass.states.get(f"scene.{room}_movie") is not None
    state = hass.states.get("scene.living_room_movie")
    assert state.name == "Living Room Movie"
    assert state.attributes["icon"] == "mdi:movie-open"
    await hass.services.async_call("scene", "turn_on", {"entity_id": state.entity_id}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    lamp = hass.states.get("light.lamp")
    assert (lamp.attributes["brightness"], lamp.attributes["rgb_color"]) == (38, (0x20, 0x30, 0xFF))
    assert athena.runtime_data.room("living_room").scene == "movie"
"""


def test_a_scene_is_added_by_one_file_and_one_line(tmp_path: Path) -> None:
    copy_athena(tmp_path)

    file = NEW_SCENE.search(PAGE)
    line = NEW_LINE.search(PAGE)
    assert file is not None
    assert line is not None
    (tmp_path / file[1]).write_text(file[2], "utf-8")
    registry = tmp_path / line[1]
    before = registry.read_text("utf-8")
    after = re.sub(r"^ALL: .*$", f"{line[2]}\n\n{line[3]}", before, flags=re.MULTILINE)
    assert after.count("MOVIE") == 2
    registry.write_text(after, "utf-8")

    passes(tmp_path, "test_movie.py", IN_HOME_ASSISTANT)


def test_the_line_of_the_page_forgets_no_scene_there_is() -> None:
    line = NEW_LINE.search(PAGE)
    assert line is not None
    named = set(re.findall(r"\b[A-Z]{2,}\b", line[3])) - {"ALL", "MOVIE"}
    assert named == {scene.key.upper() for scene in scenes.ALL}


def test_the_page_has_a_row_for_every_scene() -> None:
    words = json.loads((ROOT / "custom_components/athena/translations/en.json").read_text("utf-8"))["entity"]["scene"]
    rows = re.findall(r"^\| (\w[\w ]*) \|", PAGE, re.MULTILINE)
    assert {words[scene.key]["name"] for scene in scenes.ALL} <= set(rows)


def test_what_the_page_lets_one_say_is_heard() -> None:
    said = re.findall(r"“(.*?)”", PAGE[PAGE.index("It is heard by its name") : PAGE.index("Athena's own, Focus")])
    home = Home(areas=[("Bedroom", "bedroom")], scenes=[("Movie", "movie")])
    assert len(said) == 3
    for text in (*said, "focus mode", "night mode", "sleep mode"):
        heard = load_sentences("en").recognize(text, home)
        assert heard is not None
        assert heard.intent.name == "AthenaSetScene"
        assert text not in said or heard.entities["scene"].value == "movie"
