"""A file that does not fit on a few screens is two files."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

CODE: Final = 400
CONST: Final = 60


def _check(repository: Repository) -> Iterator[Violation]:
    for path, text in repository.files.items():
        is_code = path.endswith((".py", ".sh")) or text.startswith("#!")
        limit = CONST if PurePosixPath(path).name == "const.py" else CODE
        if is_code and (lines := text.count("\n")) > limit:
            yield Violation(path=path, line=lines, says=f"{lines} lines, more than {limit}")


FILES_ARE_SMALL: Final = Rule(
    name="files are small",
    check=_check,
    plants=(
        plant("satellite/athena_satellite/planted.py", "# a line\n" * 401),
        plant("script/planted", "#!/usr/bin/env bash\n" + "# a line\n" * 400),
        plant("custom_components/athena/const.py", "# a line\n" * 61),
    ),
)
