"""docs/voice.md names tests; each is there."""

import ast
import re
from pathlib import Path

import pytest

from script.house.house import ROOT

HERE = Path(__file__).parent
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", (ROOT / "docs" / "voice.md").read_text())))


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_a_test_that_the_document_names_exists(file: str, test: str) -> None:
    module = ast.parse((HERE / file).read_text())
    assert test in {node.name for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_the_document_names_tests() -> None:
    assert len(NAMED) > 30
