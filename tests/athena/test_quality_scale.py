"""How far Athena keeps Home Assistant's own rules for integrations, said rule by rule."""

from pathlib import Path
from typing import Any

import homeassistant
import pytest
import yaml

import custom_components.athena as integration

ROOT = Path(str(integration.__file__)).parent
RULES: dict[str, Any] = yaml.safe_load((ROOT / "quality_scale.yaml").read_text("utf-8"))["rules"]
MODEL = Path(str(homeassistant.__file__)).parent / "components/wled/quality_scale.yaml"
"""Of an integration that keeps all rules: there are no others."""


def _status(rule: str) -> str:
    said = RULES[rule]
    return said if isinstance(said, str) else said["status"]


def test_every_rule_of_home_assistant_is_spoken_of() -> None:
    rules = yaml.safe_load(MODEL.read_text("utf-8"))["rules"]
    assert len(rules) >= 54
    assert list(RULES) == list(rules)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_not_kept_says_why(rule: str) -> None:
    assert _status(rule) in {"done", "exempt", "todo"}
    if _status(rule) != "done":
        assert RULES[rule]["comment"].endswith(".")


PLATFORMS = [file for file in ROOT.glob("*.py") if "async_add_entities" in file.read_text("utf-8")]


def test_every_platform_says_how_many_updates_run_at_a_time() -> None:
    assert _status("parallel-updates") == "done"
    platforms = [file for file in PLATFORMS if "async def async_setup_entry" in file.read_text("utf-8")]
    assert len(platforms) >= 8
    assert [file.name for file in platforms if "PARALLEL_UPDATES = 0\n" not in file.read_text("utf-8")] == []


def test_what_a_rule_asks_for_is_there() -> None:
    needs = {
        "brands": "brand/icon.png",
        "diagnostics": "diagnostics.py",
        "docs-actions": "../../docs/entities-and-actions.md",
        "docs-conditions": "../../docs/automations.md",
        "docs-supported-functions": "../../docs/entities-and-actions.md",
        "docs-triggers": "../../docs/automations.md",
        "icon-translations": "icons.json",
        "repair-issues": "repairs.py",
    }
    for rule, file in needs.items():
        assert _status(rule) == "done"
        assert (ROOT / file).exists()


def test_nothing_is_kept_in_home_assistants_common_data() -> None:
    assert _status("runtime-data") == "done"
    found = [file.name for file in ROOT.rglob("*.py") if "hass.data" in file.read_text("utf-8")]
    assert found == ["secrecy.py"]  # which takes a PIN out of what Home Assistant keeps there
