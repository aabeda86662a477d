"""The phrases that are made ready at start."""

import ast
from pathlib import Path

import pytest

from athena_voice.tts.cache import LONGEST
from athena_voice.tts.clauses import Clauses
from athena_voice.tts.phrases import PHRASES
from athena_voice.tts.spoken import spoken

PERSONA = Path(__file__).parents[3] / "custom_components" / "athena" / "brain" / "phrases.py"


def test_every_fixed_line_of_the_persona_is_made_ready() -> None:
    if not PERSONA.exists():
        pytest.skip("the integration is not beside the servers")
    lines = {
        str(node.value.value).replace("{comma_name}", "")
        for node in ast.parse(PERSONA.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant)
    }
    lines = {f"{one.rstrip('.')}." for line in lines if "{" not in line for one in line.split(". ")}  # one by one
    assert lines
    assert not lines - {*PHRASES}, "add them to tts/phrases.py"


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_kept_as_it_will_be_asked_for(phrase: str) -> None:
    clauses = Clauses(longest=200, early=True)
    assert [piece.text for piece in (*clauses.add(phrase), *clauses.finish())] == [phrase]
    assert spoken(phrase) == phrase
    assert len(phrase) <= LONGEST
