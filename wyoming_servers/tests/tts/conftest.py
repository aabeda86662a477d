"""Voices of Piper, made once."""

from pathlib import Path

import pytest

from .voices import make_voice


@pytest.fixture(scope="session")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four voices; "anna" is the first by name."""
    folder = tmp_path_factory.mktemp("voices")
    make_voice(folder, "anna")
    make_voice(folder, "family", speakers=("mother", "father"))
    make_voice(folder, "hans", language="de_DE")
    make_voice(folder, "low", rate=16_000)
    return folder
