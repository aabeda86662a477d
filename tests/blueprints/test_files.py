"""What every blueprint keeps to, whatever it does."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pytest
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint import BLUEPRINT_SCHEMA, Blueprint
from homeassistant.components.blueprint.importer import _get_github_import_url, fetch_blueprint_from_url
from homeassistant.core import HomeAssistant
from homeassistant.util.yaml import load_yaml_dict
from homeassistant.util.yaml.input import extract_inputs
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from .running import BLUEPRINTS, FILES, KITCHEN, LAMP, Runs

SCHEMAS: Final[dict[str, Callable[[Any], Any]]] = {
    "automation": AUTOMATION_BLUEPRINT_SCHEMA,
    "script": BLUEPRINT_SCHEMA,
}
SOURCE: Final = "https://github.com/athena-home/athena/blob/main/blueprints"
RAW: Final = "https://raw.githubusercontent.com/athena-home/athena/main/blueprints"
OLD_KEYS: Final = {"platform", "service", "service_template", "data_template", "entity_picture"}
STEPS: Final = (
    "actions",
    "sequence",
    "then",
    "else",
    "default",
    "conditions",
    "choose",
    "while",
    "until",
    "and",
    "or",
    "not",
)
IMPORT: Final = "https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url="
LARGEST_PICTURE: Final = 150_000
"""Bytes."""
LARGEST: Final = 149
WIDEST: Final = 150


def _blueprint(file: Path) -> Blueprint:
    domain = file.relative_to(BLUEPRINTS).parts[0]
    return Blueprint(load_yaml_dict(file), path=file.name, expected_domain=domain, schema=SCHEMAS[domain])


def _of(file: Path) -> str:
    return file.stem


def _mappings(node: Any) -> Iterator[dict[str, Any]]:
    """Return every mapping in a part of a blueprint."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _mappings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _mappings(value)


def _steps(node: Any) -> Iterator[dict[str, Any]]:
    """Return every step and every condition, however deep."""
    for mapping in _mappings(node):
        for key in STEPS:
            steps = mapping.get(key)
            for step in steps if isinstance(steps, list) else [steps]:
                if isinstance(step, dict):
                    yield step


def _body(file: Path) -> dict[str, Any]:
    return {key: value for key, value in load_yaml_dict(file).items() if key != "blueprint"}


def test_there_are_seven() -> None:
    assert len(FILES) == 7


@pytest.mark.parametrize("file", FILES, ids=_of)
def test_home_assistant_takes_it_and_it_says_where_it_is_from(file: Path) -> None:
    blueprint = _blueprint(file)
    assert blueprint.validate() is None, "this Home Assistant is new enough"
    metadata = blueprint.metadata
    assert metadata["name"].startswith("Athena: ")
    assert re.search(r"Version \d+$", metadata["description"])
    assert metadata["author"] == "Athena"
    assert metadata["source_url"] == f"{SOURCE}/{file.relative_to(BLUEPRINTS)}"
    assert metadata["homeassistant"]["min_version"] == "2026.10.0"


@pytest.mark.parametrize("file", FILES, ids=_of)
def test_every_input_is_used_and_has_a_name_a_selector_and_a_default(file: Path) -> None:
    inputs = _blueprint(file).inputs
    assert set(inputs) == extract_inputs(_body(file))
    for key, declared in inputs.items():
        assert {"name", "default", "selector"} <= set(declared), key
        assert "device" not in declared["selector"], key
        entities = declared["selector"].get("entity")
        assert entities is None or entities["filter"], f"{key} says which entities fit"


@pytest.mark.parametrize("file", FILES, ids=_of)
def test_it_is_short_current_and_each_step_says_what_it_is_for(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) <= LARGEST
    assert max(map(len, lines)) <= WIDEST
    body = _body(file)
    assert set(body) <= {
        "mode",
        "max",
        "max_exceeded",
        "trigger_variables",
        "variables",
        "triggers",
        "conditions",
        "actions",
        "fields",
        "sequence",
    }
    assert body["mode"] in {"single", "restart", "parallel"}
    assert body["max_exceeded"] == "silent"
    for mapping in _mappings(body):
        assert not OLD_KEYS & set(mapping)
        assert "device_id" not in mapping
    for trigger in body.get("triggers", []):
        assert {"trigger", "id"} <= set(trigger)
    steps = list(_steps(body))
    assert steps
    for step in steps:
        assert step.get("alias"), step


@pytest.mark.parametrize("file", FILES, ids=_of)
async def test_it_is_imported_from_the_page_that_it_names(
    hass: HomeAssistant, file: Path, aioclient_mock: AiohttpClientMocker
) -> None:
    path = file.relative_to(BLUEPRINTS)
    aioclient_mock.get(f"{RAW}/{path}", text=file.read_text("utf-8"))
    imported = await fetch_blueprint_from_url(hass, f"{SOURCE}/{path}")
    assert imported.suggested_filename == f"athena-home/{file.stem}"
    assert imported.blueprint.domain == path.parts[0]
    assert imported.blueprint.metadata["source_url"] == f"{SOURCE}/{path}"


async def test_with_every_default_nothing_is_done_and_nothing_is_wrong(
    runs: Runs, caplog: pytest.LogCaptureFixture
) -> None:
    automations = [file.stem for file in FILES if file.parts[-3] == "automation"]
    scripts = [file.stem for file in FILES if file.parts[-3] == "script"]
    await runs.async_automate_all({name: {} for name in automations})
    await runs.async_script_all({name: {} for name in scripts})
    assert all(runs.is_on(f"automation.{name}") for name in automations)
    caplog.clear()
    for name in scripts:
        await runs.async_act(f"script.{name}")
    for somebody in (True, False):
        await runs.async_move("bedroom", somebody=somebody)
        await runs.async_pass(minutes=12)
    assert not runs.is_on(KITCHEN)
    assert not runs.is_on(LAMP), "Athena herself has turned it off again"
    bad = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert not [record for record in bad if record.name != "asyncio"], "which finds that the time passes fast"


def test_the_readme_and_the_page_link_to_each_of_them_and_show_it() -> None:
    expected = {f"{SOURCE}/{file.relative_to(BLUEPRINTS)}" for file in FILES}
    root = BLUEPRINTS.parent
    page = (root / "docs" / "blueprints.md").read_text("utf-8")
    for text in ((root / "README.md").read_text("utf-8"), page):
        links = re.findall(rf"{re.escape(IMPORT)}([^)]+)\)", text)
        assert len(links) == len(expected)
        assert {unquote(link) for link in links} == expected
    assert {_get_github_import_url(url) for url in expected} == {
        f"{RAW}/{file.relative_to(BLUEPRINTS)}" for file in FILES
    }
    shown = re.findall(r"!\[[^\]]+\]\(blueprints/([\w-]+\.png)\)", page)
    kept = {file.name: file.stat().st_size for file in (root / "docs" / "blueprints").iterdir()}
    assert sorted(shown) == sorted(kept)
    assert len(shown) == len(FILES)
    assert {name[3:-4].replace("-", "_") for name in shown} == {file.stem for file in FILES}
    assert max(kept.values()) <= LARGEST_PICTURE
    for link in re.findall(r"\]\((\.\./[^)]+|[\w-]+\.md)\)", page):
        assert (root / "docs" / link).exists()
