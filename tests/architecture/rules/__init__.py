"""The rules. Add a file, add its rules here."""

from typing import Final

from ..rule import Rule
from .brain import BRAIN_IS_PURE
from .copies import COPIES_ARE_EQUAL
from .directions import DIRECTIONS, IMPORTS_ARE_RELATIVE, NO_CYCLES
from .errors import ERRORS_ARE_ONE_FAMILY
from .lifetimes import NOTHING_OUTLIVES_ITS_OWNER
from .names import NO_GRAB_BAGS, NO_MACHINE_OF_OURS
from .registration import EVERY_FILE_IS_REGISTERED
from .roles import ROLES
from .sizes import FILES_ARE_SMALL
from .versions import ONE_CONFIGURATION, VERSIONS_STAND_ONCE

ALL: Final[tuple[Rule, ...]] = (
    BRAIN_IS_PURE,
    COPIES_ARE_EQUAL,
    DIRECTIONS,
    ERRORS_ARE_ONE_FAMILY,
    EVERY_FILE_IS_REGISTERED,
    FILES_ARE_SMALL,
    IMPORTS_ARE_RELATIVE,
    NOTHING_OUTLIVES_ITS_OWNER,
    NO_CYCLES,
    NO_GRAB_BAGS,
    NO_MACHINE_OF_OURS,
    ONE_CONFIGURATION,
    ROLES,
    VERSIONS_STAND_ONCE,
)
