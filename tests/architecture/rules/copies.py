"""What two parts share lies in both, byte for byte."""

from collections.abc import Iterator
from typing import Final

from ..repository import Repository
from ..rule import Plant, Rule, Violation

# canonical, copy
COPIES: Final = (
    *(
        (f"wyoming_servers/athena_voice/{name}.py", f"satellite/athena_satellite/{name}.py")
        for name in ("address", "keepalive", "messages", "wire")
    ),
    ("wyoming_servers/benchmarks/table.py", "script/room/bench/table.py"),
)


def _check(repository: Repository) -> Iterator[Violation]:
    for canonical, copy in COPIES:
        if repository.files.get(copy) != repository.files[canonical]:
            yield Violation(path=copy, says=f"not equal to its original; run: cp {canonical} {copy}")


COPIES_ARE_EQUAL: Final = Rule(
    name="copies are equal",
    check=_check,
    plants=tuple(Plant(files={copy: "# edited by hand\n"}) for _, copy in COPIES),
)
