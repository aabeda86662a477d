"""The brain decides and does nothing else: standard library only, no clock, no I/O, and it runs on Python 3.13."""

import ast
import sys
from collections.abc import Iterator
from typing import Final

from ..repository import Repository
from ..rule import Rule, Violation, plant

BRAIN: Final = "custom_components/athena/brain"

IMPURE: Final = {
    "asyncio", "concurrent", "http", "io", "locale", "logging", "multiprocessing", "os", "pathlib", "platform",
    "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib", "uuid",
}  # fmt: skip
NEWER_THAN_3_13: Final = {"annotationlib", "compression"}
CLOCKS: Final = {"now", "utcnow", "today"}
BUILTINS: Final = {"open", "print", "input", "exec", "eval", "__import__"}


def _check(repository: Repository) -> Iterator[Violation]:
    for path in repository.under(BRAIN):
        try:
            ast.parse(repository.files[path], path, feature_version=(3, 13))
        except SyntaxError as err:
            yield Violation(path=path, line=err.lineno or 1, says=f"Python 3.13 does not read this: {err.msg}")
            continue
        yield from _imports(repository, path)
        yield from _uses(repository, path)
        for node in ast.walk(repository.tree(path)):
            if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
                yield Violation(path=path, line=node.lineno, says="the brain is synchronous")


def _imports(repository: Repository, path: str) -> Iterator[Violation]:
    for found in repository.imports(path):
        top = found.module.partition(".")[0]
        if found.relative:
            if not f"{found.target}.".startswith(BRAIN.replace("/", ".") + "."):
                yield Violation(path=path, line=found.line, says=f"the brain imports no {found.target}")
        elif top not in sys.stdlib_module_names or top in NEWER_THAN_3_13:
            yield Violation(path=path, line=found.line, says=f"{top} is not in Python 3.13's standard library")
        elif top in IMPURE:
            yield Violation(path=path, line=found.line, says=f"the brain is pure: no {top}")


def _uses(repository: Repository, path: str) -> Iterator[Violation]:
    for use in repository.references(path):
        if use.dotted in BUILTINS:
            yield Violation(path=path, line=use.line, says=f"the brain does no I/O: {use.dotted}")
        elif "." in use.dotted and use.name in CLOCKS:
            yield Violation(path=path, line=use.line, says=f"time enters as event.at, not {use.dotted}")


BRAIN_IS_PURE: Final = Rule(
    name="the brain is pure",
    check=_check,
    plants=(
        plant(f"{BRAIN}/planted.py", "import asyncio\n"),
        plant(f"{BRAIN}/planted.py", "from os import path\n"),
        plant(f"{BRAIN}/scenes/planted.py", "import homeassistant.core\n"),
        plant(f"{BRAIN}/planted.py", "def f():\n    from ..const import DOMAIN\n"),
        plant(f"{BRAIN}/planted.py", "from .. import runtime\n"),
        plant(f"{BRAIN}/planted.py", "import annotationlib\n"),
        plant(f"{BRAIN}/planted.py", "from datetime import datetime\nNOW = datetime.now()\n"),
        plant(f"{BRAIN}/planted.py", "import datetime as dt\nTODAY = dt.date.today()\n"),
        plant(f"{BRAIN}/planted.py", "TEXT = open('x')\n"),
        plant(f"{BRAIN}/planted.py", "async def f():\n    pass\n"),
        plant(f"{BRAIN}/planted.py", "try:\n    pass\nexcept ValueError, KeyError:\n    pass\n"),
        plant(f"{BRAIN}/planted.py", "TEXT = t'{1}'\n"),
    ),
)
