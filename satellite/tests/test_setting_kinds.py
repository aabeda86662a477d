"""What a setting may hold."""

from pathlib import Path

import pytest

from athena_satellite.setting_kinds import PATH, YES_NO


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_are_themselves(value: bool) -> None:
    assert YES_NO.accept(value) is value


@pytest.mark.parametrize("value", [1, 0, "true", None])
def test_nothing_else_is_yes_or_no(value: object) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        YES_NO.accept(value)


def test_a_path_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert PATH.accept("~/trace") == tmp_path / "trace"
