"""The pages name everything that can be set, as the forms call it: about the small things one of their own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FORMS = json.loads((ROOT / "custom_components/athena/translations/en.json").read_text())
PAGE = (ROOT / "docs" / "rooms.md").read_text()
SMALL_THINGS = (ROOT / "docs" / "companion.md").read_text()


def _labels(form: dict[str, Any]) -> Iterator[str]:
    for key, value in form.items():
        if key == "data":
            yield from value.values()
        elif isinstance(value, dict) and key not in {"data_description", "error", "abort"}:
            yield from _labels(value)


@pytest.mark.parametrize(
    "label",
    sorted(
        {
            *_labels(FORMS["config"]),
            *(
                label
                for name, step in FORMS["options"]["step"].items()
                if "_alarm" not in name and name not in {"safety", "small_things"}
                for label in _labels(step)
            ),
            *_labels(FORMS["config_subentries"]["room"]),
        }
    ),
)
def test_the_page_names_what_can_be_set(label: str) -> None:
    assert f"*{label}*" in PAGE


@pytest.mark.parametrize("label", sorted(set(_labels(FORMS["options"]["step"]["small_things"]))))
def test_the_page_about_the_small_things_names_what_can_be_set(label: str) -> None:
    assert f"*{label}*" in SMALL_THINGS or f"→ {label}*" in SMALL_THINGS
