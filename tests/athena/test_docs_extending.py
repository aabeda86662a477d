"""What docs/extending.md adds is added to a copy of Athena, by the files and the line it shows, and works there."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from .copied import ROOT, copy_athena, passes

PAGE: Final = (ROOT / "docs/extending.md").read_text("utf-8")
FILE: Final = re.compile(
    r"`(custom_components/\S+\.(?:py|yaml))`(?:, in\n\[hassil's\]\(\S+\) form)?:\n\n```\w+\n(.*?)```", re.DOTALL
)
LINE: Final = re.compile(
    r"`ALL` of `(\S+/__init__\.py)`, together with its import:\n\n```python\n(from \S+ import (\w+))\n```"
)

SOMEBODY: Final = """
import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .saying import Speaker

"""

COIN: Final = """
@pytest.mark.usefixtures("athena")
async def test_a_coin_is_tossed(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = Speaker(hass)
    coin = "custom_components.athena.capabilities.coin.choice"
    monkeypatch.setattr(coin, lambda sides: sides[0])
    assert await speaker.says("Jarvis, toss a coin") == "Heads."
    monkeypatch.setattr(coin, lambda sides: sides[1])
    assert await speaker.says("heads or tails") == "Tails. 1 so far."
    (entry,) = hass.config_entries.async_entries("athena")
    await hass.config_entries.async_reload(entry.entry_id)
    assert await speaker.says("flip a coin") == "Tails. 2 so far."
"""

MOVIE: Final = """
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
    assert await Speaker(hass).says("movie mode in the kitchen") == "Enjoy."
    assert athena.runtime_data.room("kitchen").scene == "movie"
"""

DICE: Final = """
@pytest.mark.usefixtures("athena")
async def test_the_dice_are_rolled(hass: HomeAssistant) -> None:
    speaker = Speaker(hass)
    assert await speaker.says("Jarvis, roll the dice") in set("123456")
    assert len((await speaker.says("roll three dice")).split(", ")) == 3
    assert await speaker.says("roll 9 dice") == "I didn't catch that."
"""

TELEVISION: Final = """
async def test_who_watches_is_there(hass: HomeAssistant, athena: MockConfigEntry) -> None:
    from homeassistant.helpers import entity_registry as er

    registry = er.async_get(hass)
    television = registry.async_get_or_create("media_player", "test", "tv", original_device_class="tv").entity_id
    registry.async_update_entity(television, area_id="bedroom")
    for state, occupied in (("idle", "empty"), ("playing", "occupied"), ("idle", "occupied")):
        hass.states.async_set(television, state, {"device_class": "tv"})
        await hass.async_block_till_done(wait_background_tasks=True)
        assert hass.states.get("sensor.bedroom_state").state == occupied
    assert athena.runtime_data.room("kitchen").state == "EMPTY"
"""

SIGN: Final = """
@pytest.mark.usefixtures("athena")
async def test_the_sign_says_it(hass: HomeAssistant) -> None:
    from homeassistant.setup import async_setup_component

    from .home import async_move

    assert await async_setup_component(hass, "input_text", {"input_text": {"bedroom_sign": {}}})
    await async_move(hass, "bedroom", somebody=True)
    assert hass.states.get("input_text.bedroom_sign").state == "occupied"
    await async_move(hass, "kitchen", somebody=True)
"""

TRIED: Final = {
    "A capability": COIN,
    "A scene": MOVIE,
    "An intent with sentences": DICE,
    "An event source": TELEVISION,
    "An output": SIGN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What a section of the page adds."""

    files: dict[str, str]
    registry: str
    imports: str
    name: str

    @classmethod
    def of(cls, title: str) -> Example:
        """Read it off the page."""
        section = PAGE[PAGE.index(f"\n## {title}\n") :]
        section = section[: section.index("\n## ", 4)]
        (line,) = LINE.findall(section)
        return cls(files=dict(FILE.findall(section)), registry=line[0], imports=line[1], name=line[2])

    def add_to(self, copy: Path) -> None:
        """Write the new files, and the line; nothing else is touched."""
        for path, text in self.files.items():
            assert not (copy / path).exists()
            (copy / path).write_text(text, "utf-8")
        registry = copy / self.registry
        before = registry.read_text("utf-8")
        after = re.sub(
            r"^(ALL: Final.*?= \()", rf"{self.imports}\n\n\1{self.name}, ", before, count=1, flags=re.MULTILINE
        )
        assert after.count(self.name) == before.count(self.name) + 2
        registry.write_text(after, "utf-8")


def test_what_the_page_adds_works(tmp_path: Path) -> None:
    copy_athena(tmp_path)
    for title in TRIED:
        Example.of(title).add_to(tmp_path)
    passes(tmp_path, "test_added.py", SOMEBODY + "".join(TRIED.values()))


@pytest.mark.parametrize("title", TRIED)
def test_it_is_one_new_file_and_one_line(title: str) -> None:
    files = Example.of(title).files
    assert [path for path in files if path.endswith(".py")] == list(files)[:1]
    assert len(files) == (2 if title == "An intent with sentences" else 1)


def test_every_kind_of_the_table_has_its_section() -> None:
    named = re.findall(r"\| \[a\w? (.*?)\]\(#", PAGE)
    assert len(named) == len(TRIED)
    assert all(kind in title for kind, title in zip(named, TRIED, strict=True))
