"""The folders that grow by one file and one line."""

import importlib
import inspect
from pathlib import Path

import pytest

from athena_satellite import microphones, speakers
from athena_satellite.errors import SettingsError
from athena_satellite.microphones import Microphone, Stage
from athena_satellite.speakers import Speaker


@pytest.mark.parametrize(("package", "seam"), [(microphones, Microphone), (speakers, Speaker)])
def test_every_file_is_registered(package: object, seam: type) -> None:
    assert inspect.ismodule(package)
    found = set()
    for path in Path(inspect.getfile(package)).parent.glob("[!_]*.py"):
        module = importlib.import_module(f"{package.__name__}.{path.stem}")
        for _, member in inspect.getmembers(module, inspect.isclass):
            if member.__module__ == module.__name__ and seam in member.__mro__[1:]:
                found.add(member)
    assert found == set(package.ALL)
    assert len({member.KIND for member in package.ALL}) == len(package.ALL)


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"^no microphone is a 'mic'; there is device, wav$"):
        microphones.create("mic:x", Stage())
    with pytest.raises(SettingsError, match=r"^no speaker is a 'loud'; there is device, wav$"):
        speakers.create("loud")
