"""What the satellite tells of itself to whoever asks Describe."""

from importlib.metadata import version

from wyoming.event import Event
from wyoming.info import Attribution, Info, Satellite, WakeModel, WakeProgram

from .settings import Settings

_VERSION = version("athena-satellite")
_ATTRIBUTION = Attribution(name="Athena", url="https://www.home-assistant.io/integrations/wyoming")


def information(settings: Settings, wake_model: WakeModel | None) -> Event:
    """Return the info event; the wake word's phrase is the server's own, or made of its name while that is unknown.

    Home Assistant lets one of the satellites that heard the same phrase answer, so it must be the same on all of them.
    One that leaves the wake word to Home Assistant has none of its own to tell of.
    """
    model = wake_model or WakeModel(
        name=settings.wake_word,
        attribution=_ATTRIBUTION,
        installed=True,
        description=None,
        version=None,
        languages=[],
        phrase=settings.wake_word.replace("_", " ").title(),
    )
    return Info(
        satellite=Satellite(
            name=settings.name,
            attribution=_ATTRIBUTION,
            installed=True,
            description="Athena's satellite",
            version=_VERSION,
            area=settings.area,
            has_vad=False,
            active_wake_words=[] if settings.remote_wake else [model.name],
            max_active_wake_words=0 if settings.remote_wake else 1,
            supports_trigger=False,
        ),
        wake=[]
        if settings.remote_wake
        else [
            WakeProgram(
                name="athena-satellite",
                attribution=_ATTRIBUTION,
                installed=True,
                description="The wake word server this satellite listens through",
                version=_VERSION,
                models=[model],
            )
        ],
    ).event()
