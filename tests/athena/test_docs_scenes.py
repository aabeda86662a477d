"""What docs/scenes.md says about adding a scene is done to a copy of Athena, and shows in Home Assistant."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from custom_components.athena.agent.sentences import Home, load_sentences
from custom_components.athena.brain import scenes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/scenes.md").read_text("utf-8")
COPIED = ("custom_components", "tests/__init__.py", "tests/athena/conftest.py", "tests/athena/home.py")

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
    for path in COPIED:
        source, target = ROOT / path, tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "tests/athena/__init__.py").touch()

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

    (tmp_path / "tests/athena/test_movie.py").write_text(IN_HOME_ASSISTANT, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/athena/test_movie.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


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
