"""The family of errors."""

import inspect
import re

from athena_satellite import errors


def test_every_error_is_of_the_family_and_in_its_tree() -> None:
    family = dict(inspect.getmembers(errors, inspect.isclass))
    assert all(issubclass(error, errors.SatelliteError) for error in family.values())
    assert set(re.findall(r"\w+Error\b", inspect.getdoc(errors) or "")) == set(family)
