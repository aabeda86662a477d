"""Everything a user sees has words and an icon, in every language that is shipped."""

import ast
import inspect
import json
from operator import attrgetter
from pathlib import Path

import pytest
from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.helpers.entity import Entity
from pytest_homeassistant_custom_component.common import MockConfigEntry

import custom_components.athena as integration
from custom_components.athena import actions, binary_sensor, event, sensor
from custom_components.athena.brain import scenes
from custom_components.athena.brain.errors import BrainError
from custom_components.athena.brain.room_state import RoomState
from custom_components.athena.const import CONF_BED_SENSORS, DOMAIN, SUBENTRY_ROOM

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


def _refusals(root: type[BrainError] = BrainError) -> set[type[BrainError]]:
    kinds = {root}
    for kind in root.__subclasses__():
        kinds |= _refusals(kind)
    return kinds


def _raised() -> set[str]:
    """Return the keys of the errors that the integration raises by itself."""
    keys: set[str] = set()
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                said = node.args[:1] if name == "refused" else []
                said += [one.value for one in node.keywords if one.arg == "translation_key" and name.endswith("Error")]
                keys |= {str(one.value) for arg in said for one in ast.walk(arg) if isinstance(one, ast.Constant)}
    return keys


def test_every_error_that_is_raised_has_words() -> None:
    expected = _raised() | {kind.key for kind in _refusals()}
    for file in LANGUAGES:
        exceptions = json.loads(file.read_text("utf-8"))["exceptions"]
        assert set(exceptions) == expected
        assert all(one["message"].endswith((".", "}")) for one in exceptions.values())


@pytest.mark.parametrize("kind", sorted(_refusals(), key=attrgetter("key")), ids=attrgetter("key"))
def test_every_refusal_of_the_brain_is_told_in_words(kind: type[BrainError]) -> None:
    given = inspect.signature(kind.__init__).parameters
    err = kind(*("x" for one in given.values() if one.kind is one.POSITIONAL_OR_KEYWORD and one.name != "self"))
    for file in LANGUAGES:
        message = json.loads(file.read_text("utf-8"))["exceptions"][err.key]["message"]
        assert message.format(**err.placeholders)


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return Athena with a room that has a bed: some of the small things show something of that alone."""
    bedroom = ConfigSubentryData(
        data={CONF_BED_SENSORS: ["binary_sensor.mat"]},
        subentry_type=SUBENTRY_ROOM,
        title="Bedroom",
        unique_id="bedroom",
    )
    return MockConfigEntry(domain=DOMAIN, title="Athena", subentries_data=[bedroom])


def _shown_by_capabilities(athena: MockConfigEntry) -> dict[str, list[Entity]]:
    """Return what the small things show of a room, by platform."""
    room = athena.runtime_data.rooms["bedroom"]
    shown = {
        str(platform): [entity for one in athena.runtime_data.onlookers for entity in one.entities(platform, room)]
        for platform in integration.PLATFORMS
    }
    return {platform: entities for platform, entities in shown.items() if entities}


async def test_every_entity_that_has_a_key_has_a_name_or_is_called_as_its_alarm_is(athena: MockConfigEntry) -> None:
    shown = _shown_by_capabilities(athena)
    named: dict[str, list[str | None]] = {
        "binary_sensor": [one.key for one in binary_sensor.ENTITIES],
        "button": ["still_awake", "skip_next_alarm"],
        "event": ["bed_exit", "alarm"],
        "sensor": [one.key for one in sensor.ENTITIES],
        "switch": ["quiet_hours"],
    }
    for platform, entities in shown.items():
        named[platform] = [*named.get(platform, ()), *(entity.translation_key for entity in entities)]
    options = {one.key: one.options for one in sensor.ENTITIES if one.options and one.key != "state"}
    sensors = [entity for entity in shown["sensor"] if isinstance(entity, SensorEntity)]
    options |= {str(one.translation_key): one.options for one in sensors if one.options}
    for file in LANGUAGES:
        words = json.loads(file.read_text("utf-8"))
        for platform, keys in named.items():
            assert set(words["entity"][platform]) == set(keys)
            assert all(words["entity"][platform][key]["name"] for key in keys)
        for key, values in options.items():
            assert set(words["entity"]["sensor"][key]["state"]) == set(values)
        alarm = words["entity"]["event"]["alarm"]["state_attributes"]["event_type"]["state"]
        assert set(alarm) == set(event.AlarmEvent.event_types_of)


def test_every_action_and_each_of_its_fields_has_words_and_an_icon() -> None:
    icons = json.loads((ROOT / "icons.json").read_text("utf-8"))["services"]
    assert set(icons) == {action.name for action in actions.ALL}
    for file in LANGUAGES:
        services = json.loads(file.read_text("utf-8"))["services"]
        assert set(services) == {action.name for action in actions.ALL}
        for action in actions.ALL:
            fields = services[action.name]["fields"]
            assert set(fields) == {"room", *map(str, action.fields)}
            assert all(field["name"] and field["description"] for field in fields.values())


def test_every_brand_image_is_a_square_png() -> None:
    for name, size in (("icon.png", 256), ("icon@2x.png", 512)):
        header = (ROOT / "brand" / name).read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (size, size)
