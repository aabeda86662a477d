"""Names that say nothing, and names of places that a reader does not have."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

GRAB_BAGS: Final = {"common", "helper", "helpers", "misc", "util", "utils"}
# A folder of one machine, as an absolute path.
MACHINE: Final = re.compile(r"""(?<![\w.~})])/(?:root|work|home/\w+|Users/\w+)/""")


def _grab_bags(repository: Repository) -> Iterator[Violation]:
    for path in repository.files:
        for word in PurePosixPath(path).with_suffix("").parts:
            if word in GRAB_BAGS:
                yield Violation(path=path, says=f"{word!r} says nothing: name what it holds")


def _machine(repository: Repository) -> Iterator[Violation]:
    for path, text in repository.files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if found := MACHINE.search(line):
                yield Violation(path=path, line=number, says=f"{found.group()} is a place on one machine")


NO_GRAB_BAGS: Final = Rule(
    name="no grab-bag modules",
    check=_grab_bags,
    plants=(plant("custom_components/athena/utils.py", ""), plant("script/house/common/a.py", "")),
)
NO_MACHINE_OF_OURS: Final = Rule(
    name="no path of one machine",
    check=_machine,
    plants=(
        plant("README.md", "run /ro" + "ot/bin/x\n"),
        plant("script/planted.py", "AUDIO = '/wo" + "rk/shared/audio'\n"),
    ),
)
