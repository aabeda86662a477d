"""Everything a user sees has words and an icon, in every language that is shipped."""

import json
from pathlib import Path

import pytest

import custom_components.athena as integration
from custom_components.athena.brain import scenes
from custom_components.athena.brain.commands import RoomState

ROOT = Path(str(integration.__file__)).parent
LANGUAGES = sorted((ROOT / "translations").glob("*.json"))


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_every_scene_and_state_has_words(file: Path) -> None:
    entity = json.loads(file.read_text("utf-8"))["entity"]
    assert set(entity["scene"]) == {scene.key for scene in scenes.ALL if scene.name is None}
    assert set(entity["sensor"]["state"]["state"]) == {state.lower() for state in RoomState}


def test_every_scene_and_state_has_an_icon() -> None:
    entity = json.loads((ROOT / "icons.json").read_text("utf-8"))["entity"]
    assert set(entity["scene"]) == {scene.key for scene in scenes.ALL if scene.icon is None}
    assert set(entity["sensor"]["state"]["state"]) == {state.lower() for state in RoomState}


def test_every_error_that_is_raised_has_words() -> None:
    code = "".join(file.read_text("utf-8") for file in ROOT.rglob("*.py"))
    for file in LANGUAGES:
        exceptions = json.loads(file.read_text("utf-8"))["exceptions"]
        for key in exceptions:
            assert f'translation_key="{key}"' in code
        assert code.count('translation_key="') == len(exceptions)


def test_every_brand_image_is_a_square_png() -> None:
    for name, size in (("icon.png", 256), ("icon@2x.png", 512)):
        header = (ROOT / "brand" / name).read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (size, size)
