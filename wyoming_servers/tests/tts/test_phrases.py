"""The phrases that are made ready at start."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from athena_voice.tts.cache import LONGEST
from athena_voice.tts.clauses import Clauses
from athena_voice.tts.phrases import PHRASES
from athena_voice.tts.spoken import spoken

ATHENA = Path(__file__).parents[3] / "custom_components" / "athena"
PERSONA = ATHENA / "brain" / "phrases.py"
ANSWERS = ATHENA / "persona" / "en" / "answers.yaml"
CAPABILITIES = ATHENA / "capabilities"


def of_the_brain() -> set[str]:
    """Return the fixed lines that stand in the integration's code."""
    return {
        str(node.value.value).replace("{comma_name}", "")
        for node in ast.parse(PERSONA.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant)
    }


def of_the_agent() -> set[str]:
    """Return what the agent says, without the parts of sentences."""
    return {str(line) for line in yaml.safe_load(ANSWERS.read_text(encoding="utf-8")).values() if line[-1] in ".?"}


def of_the_capabilities() -> set[str]:
    """Return what the small things say, without the parts of sentences and what stands on a picture."""
    tables = [
        node.value
        for file in sorted(CAPABILITIES.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id.casefold() == "lines"
        and isinstance(node.value, ast.Dict)
    ]
    lines = [
        (str(key.value), str(line.value).replace("{comma_name}", ""))
        for table in tables
        for key, line in zip(table.keys, table.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(line, ast.Constant)
    ]
    return {line for key, line in lines if line[-1] in ".?" and not key.startswith("picture_")}


@pytest.mark.parametrize("lines", [of_the_brain, of_the_agent, of_the_capabilities])
def test_every_fixed_line_of_the_persona_is_made_ready(lines: Callable[[], set[str]]) -> None:
    if not PERSONA.exists():
        pytest.skip("the integration is not beside the servers")
    fixed = {
        f"{one.rstrip('.')}{'' if one.endswith('?') else '.'}"
        for line in lines()
        if "{" not in line
        for one in line.split(". ")  # one by one
    }
    assert fixed
    assert not fixed - {*PHRASES}, "add them to tts/phrases.py"


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_kept_as_it_will_be_asked_for(phrase: str) -> None:
    clauses = Clauses(longest=200, early=True)
    assert [piece.text for piece in (*clauses.add(phrase), *clauses.finish())] == [phrase]
    assert spoken(phrase) == phrase
    assert len(phrase) <= LONGEST
