"""One family of errors, drawn where it is defined."""

import inspect

from athena_voice import errors


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = []
    parents: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        name = next((word for word in line.split() if word.endswith("Error")), None)
        if name is not None and (line.startswith((name, "├", "│", "└", " "))):
            depth = line.index(name) // 4
            parents[depth:] = [name]
            drawn.append((name, parents[depth - 1] if depth else "Exception"))
    real = [
        (name, kind.__bases__[0].__name__)
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and issubclass(kind, Exception)
    ]
    assert sorted(drawn) == sorted(real)
