"""The repository as text: what a rule looks at, without importing any of it."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final, Self

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = (".ci", "custom_components", "satellite", "script", "tests", "wyoming_servers")
# Folders that hold a project: what lies in them is imported by its own name.
PROJECTS: Final = ("satellite/", "wyoming_servers/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One imported name."""

    line: int
    module: str
    """Absolute, in dots: what stands behind `from`, or what `import` names."""
    name: str | None
    """What stands behind `from … import`, None for `import …`."""
    relative: bool

    @property
    def target(self) -> str:
        """The import as one dotted name: a module, or something in it."""
        return f"{self.module}.{self.name}" if self.name else self.module


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One use of a name or an attribute."""

    line: int
    dotted: str
    """As written: `self.hass.services.async_call`."""

    @property
    def name(self) -> str:
        """The last word."""
        return self.dotted.rpartition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Every text file of the parts, by its path from the root."""

    files: Mapping[str, str]

    @classmethod
    def read(cls, root: Path = ROOT) -> Self:
        """Read the tree, without what git ignores."""
        paths = [path for path in root.iterdir() if path.is_file() and path.name != "uv.lock"]
        paths += [path for folder in FOLDERS for path in _walk(root / folder)]
        texts = {path.relative_to(root).as_posix(): _text(path) for path in sorted(paths)}
        return cls(files={path: text for path, text in texts.items() if text is not None})

    def planted(self, files: Mapping[str, str]) -> Self:
        """Return a copy with files added or replaced."""
        return type(self)(files={**self.files, **files})

    def under(self, folder: str, suffix: str = ".py") -> Iterator[str]:
        """Yield the paths of a folder's files, at any depth."""
        return (path for path in self.files if path.startswith(f"{folder}/") and path.endswith(suffix))

    def folder(self, folder: str) -> Iterator[str]:
        """Yield the paths of the Python files that lie directly in a folder."""
        return (path for path in self.under(folder) if PurePosixPath(path).parent.as_posix() == folder)

    def tree(self, path: str) -> ast.Module:
        """Return a Python file's syntax tree."""
        return _parse(path, self.files[path])

    def imports(self, path: str) -> Iterator[Import]:
        """Yield every import of a Python file, wherever in it."""
        yield from _imports(path, self.files[path])

    def references(self, path: str) -> Iterator[Reference]:
        """Yield every use of a name or of an attribute in a Python file, called or not."""
        yield from _references(path, self.files[path])

    def modules(self, package: str) -> dict[str, str]:
        """Return the modules of a package of ours, by dotted name, with their paths."""
        modules = {module_of(path): path for path in self.files if path.endswith(".py")}
        return {module: path for module, path in modules.items() if f"{module}.".startswith(f"{package}.")}


def module_of(path: str) -> str:
    """Return a Python file's dotted module name."""
    for project in PROJECTS:
        path = path.removeprefix(project)
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir():
            if not path.name.startswith(".") and path.name not in {"__pycache__", "dist"}:
                yield from _walk(path)
        elif path.name != "uv.lock":
            yield path


def _text(path: Path) -> str | None:
    """Return a file's text, None for what is none."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


@cache
def _parse(path: str, text: str) -> ast.Module:
    return ast.parse(text, path)


@cache
def _imports(path: str, text: str) -> tuple[Import, ...]:
    package = module_of(path).split(".")
    if not path.endswith("/__init__.py"):
        package = package[:-1]
    found = []
    for node in ast.walk(_parse(path, text)):
        if isinstance(node, ast.Import):
            found += [Import(line=node.lineno, module=alias.name, name=None, relative=False) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            found += [
                Import(line=node.lineno, module=module, name=alias.name, relative=node.level > 0)
                for alias in node.names
            ]
    return tuple(found)


@cache
def _references(path: str, text: str) -> tuple[Reference, ...]:
    return tuple(
        Reference(line=node.lineno, dotted=ast.unparse(node))
        for node in ast.walk(_parse(path, text))
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load)
    )
