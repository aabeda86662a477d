"""The repository keeps every rule, and every rule catches what it forbids."""

from functools import cache

import pytest

from .repository import Repository
from .rule import Plant, Rule
from .rules import ALL

REPOSITORY = Repository.read()


@cache
def _violations(rule: Rule) -> tuple[str, ...]:
    return tuple(map(str, rule.check(REPOSITORY)))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_repository_keeps(rule: Rule) -> None:
    violations = _violations(rule)
    assert not violations, f"{rule.name}:\n" + "\n".join(violations)


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        pytest.param(rule, planted, id=f"{rule.name}-{number}")
        for rule in ALL
        for number, planted in enumerate(rule.plants, 1)
    ],
)
def test_a_planted_violation_is_caught(rule: Rule, planted: Plant) -> None:
    before = _violations(rule)
    after = [violation for violation in rule.check(REPOSITORY.planted(planted.files)) if str(violation) not in before]
    assert planted.path in {violation.path for violation in after}


def test_every_rule_has_a_plant() -> None:
    assert [rule.name for rule in ALL if not rule.plants] == []


def test_every_part_is_read() -> None:
    for path in ("custom_components/athena/manifest.json", "wyoming_servers/athena_voice/wire.py", "script/bootstrap"):
        assert path in REPOSITORY.files
    assert not [path for path in REPOSITORY.files if "/.venv/" in path]
