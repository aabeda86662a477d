"""The brain without Home Assistant, which starts twenty times faster."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Final

ATHENA: Final = "custom_components.athena"


def brain_alone() -> None:
    """Let `custom_components.athena.brain` be imported without the integration around it.

    For a program of its own, before it imports the brain: the integration cannot be imported there any more.
    """
    if ATHENA not in sys.modules:
        package = ModuleType(ATHENA)
        package.__path__ = [str(Path(__file__).parents[2] / "custom_components/athena")]
        sys.modules[ATHENA] = package
