"""What is asked of soundscapes, and what is said of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from ...audio import soundscapes
from ...companion.capability import Template

ANY: Final = "rain"
"""What is played where somebody only wants to hear something to sleep to."""

SENTENCES: Final[Mapping[str, Sequence[Template]]] = {
    "AthenaPlaySoundscape": (
        "play {soundscape} sounds",
        {
            "metadata": {"sampled": False},
            "sentences": [
                "<play_sounds> <soundscape_sounds>[ <for_so_long>][ <in_area>]",
                "<play_sounds> <soundscape_sounds> <in_area> <for_so_long>",
                "(<named_sounds>|{soundscape_noise:soundscape})[ <for_so_long>][ <in_area>]",
                "(give me|i'd like|i would like|i want|(can|could) i (have|get)) [some |a bit of"
                " ](<named_sounds>|{soundscape_noise:soundscape})",
                "[some ]<soundscape_sounds> <for_so_long>[ <in_area>]",
                "<ask>put [some ]<soundscape_sounds> on[ <for_so_long>][ <in_area>]",
            ],
        },
        {
            "metadata": {"sampled": False},
            "requires_context": {"plays": True},
            "sentences": ["<play_sounds> <soundscape_sounds>[ <for_so_long>] <where>[ <for_so_long>]"],
        },
        {
            "metadata": {"sampled": False},
            "slots": {"soundscape": ANY},
            "sentences": [
                "<play_sounds> (a soundscape|(sleep|sleeping|nature|calming|relaxing|background)"
                " (sound|sounds|noise|noises))"
                "[ <for_so_long>][ <in_area>]",
                "<ask>play [me ]something to (sleep to|fall asleep to|help me sleep|help me fall asleep)["
                " <for_so_long>]",
            ],
        },
        {
            "metadata": {"sampled": False, "yields": True, "yields_in_part": True},
            "sentences": [
                "(turn|switch) on [some ]<soundscape_sounds>[ <for_so_long>][ <in_area>]",
                "<ask>(switch|change|change it) to <soundscape_sounds>[ <for_so_long>][ <in_area>]",
            ],
        },
    ),
    "AthenaStopSoundscape": (
        "stop [the ]{soundscape}",
        {
            "metadata": {"sampled": False},
            "sentences": [
                "<ask>(stop|end|no more|enough) [playing |with ]<stopped_sounds>[ <in_area>]",
                "you can stop [playing ]<stopped_sounds>[ now]",
            ],
        },
        {
            "metadata": {"sampled": False, "yields": True, "yields_in_part": True},
            "sentences": [
                "<ask>(turn|switch|shut) off <stopped_sounds>[ <in_area>]",
                "<ask>(turn|switch|shut) [that ]<stopped_sounds> off[ <in_area>]",
                "<soundscape_sounds> off[ <in_area>]",
                "<ask>(silence|cut|kill) <soundscape_sounds>[ <in_area>]",
                "(that's|that is) enough [of ]<soundscape_sounds>[ <in_area>]",
            ],
        },
    ),
}

RULES: Final = {
    "play_sounds": (
        "<ask>(play|play me|play us|put on|start|let's hear|(i want|i'd like|i would like) to (hear|sleep to))"
        "[ some| a bit of]"
    ),
    "soundscape_sounds": "([<the> ]{soundscape}|<named_sounds>)",
    "named_sounds": (
        "([<the> ]{soundscape} (sound|sounds|noise|noises|soundscape)"
        "|[<the> ](sound|sounds|noise) of [<the> ]{soundscape})"
    ),
    "stopped_sounds": "(<soundscape_sounds>|[<the> ](sounds|soundscape[s]|background (sound|sounds|noise)))",
    "for_so_long": "for [the next ]<duration>",
}

LISTS: Final = {
    "soundscape": {"values": [{"in": one.said, "out": one.key} for one in soundscapes.ALL]},
    "soundscape_noise": {"values": [{"in": one.said, "out": one.key} for one in soundscapes.ALL if one.is_noise]},
}

LINES: Final = {
    **{f"soundscape_{one.key}": f"{one.name}." for one in soundscapes.ALL},
    "soundscape_nowhere": "I can't play that here.",
    "soundscape_none": "Nothing plays.",
}
