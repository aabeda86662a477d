"""Who is asked what was meant, in this order. Add a file, add its tier here.

Whoever makes something of it answers; whoever does not, leaves it to the next. The surest come first: what is written
for Athena, what the user wrote, what Home Assistant knows word for word. A model is asked last, where there is one.
"""

from typing import Final

from .gazetteer import GazetteerTier
from .home_assistant import HomeAssistantTier
from .model import ModelTier
from .resolver import ResolverTier
from .sentences import SentencesTier
from .tier import Tier
from .triggers import TriggersTier

ALL: Final[tuple[type[Tier], ...]] = (
    SentencesTier,
    TriggersTier,
    HomeAssistantTier,
    ResolverTier,
    GazetteerTier,
    ModelTier,
)
