"""What a focus timer is told, and what it says."""

from collections.abc import Mapping, Sequence
from typing import Final

from ...companion.capability import Template

ROUNDS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MOST_ROUNDS: Final = len(ROUNDS) + 1
"""They are said in words."""

START: Final = (
    "<ask>(start|begin|set|run|do|give me|let's do|i want|let's start|i'd like to start|i want to start)"
    "[ me][ a| an| the| my| another][ new]"
)
TIMER: Final = "(focus (timer|session|block|thing)[ for me]|pomodoro[ timer| session])"
BREAKS: Final = "(with|and) [a |an ]{timer_minutes:break_minutes}( |-)(minute|minutes|min) (break|breaks)[ between]"

SENTENCES: Final[Mapping[str, Sequence[Template]]] = {
    "AthenaStartFocus": (
        {"slots": {"cycle": True}, "sentences": ["start (a focus timer|a pomodoro)"]},
        {
            "metadata": {"sampled": False},
            "slots": {"cycle": True},
            "sentences": [
                f"[{START} |a |new |a new |another ]{TIMER}[ (with|of|for) <focus_rounds>][ <in_area>]",
                f"[{START} |a ]{TIMER}[ (for|of|with)] <duration>[,] {BREAKS}",
                f"[{START} |a ]<duration> {TIMER} {BREAKS}",
                f"<ask>focus for <duration>[,] {BREAKS}",
                f"{START} (pomodoro[ timer]) (for|of|with) <duration>",
            ],
        },
        {
            "metadata": {"sampled": False},
            "sentences": [
                "<ask>[let me |help me |let's |i (want|need|have) to ]focus for (<duration>|<odd_length>)[ <in_area>]",
                f"[{START} |a ]focus (timer|session|block)[ for| of] (<duration>|<odd_length>)",
                f"[{START} |a ](<duration>|<odd_length>) focus (timer|session|block)",
                "<ask>[let's ](start|begin) focusing for (<duration>|<odd_length>)",
                "<ask>set (the|a|my) focus timer (to|for) (<duration>|<odd_length>)",
                "<duration> of focus",
            ],
        },
    ),
    "AthenaChangeFocus": (
        {
            "metadata": {"sampled": False},
            "slots": {"focus_change": "stop"},
            "sentences": [
                "<ask>(stop|cancel|end|finish|turn off|exit|leave|quit|abort|kill) (<the_focus>|[the ]focus"
                " mode|focusing)[ <in_area>]",
                "[turn ](<the_focus>|focus mode) off",
                "(i'm|i am) (done|finished) (focusing|with <the_focus>)",
                "you can (stop|end) <the_focus>[ now]",
                "(no more|[that's |that is ]enough) (focus|focusing)[ for (today|now)]",
            ],
        },
        {
            "metadata": {"sampled": False},
            "slots": {"focus_change": "pause"},
            "sentences": ["<ask>(pause|hold) <the_focus>", "put <the_focus> on (hold|pause)"],
        },
        {
            "metadata": {"sampled": False},
            "slots": {"focus_change": "resume"},
            "sentences": [
                "<ask>(resume|continue|unpause|go on with|carry on with) <the_focus>",
                "(keep|continue|carry on|go on) focusing",
            ],
        },
        {
            "metadata": {"sampled": False},
            "slots": {"focus_change": "skip"},
            "sentences": [
                "[<ask>|let's ](skip|end|stop|cancel|finish|forget) (the|this|my) break",
                "(no break|skip break|break off|(i do not|i don't) (need|want) (a|the|this) break)",
                "([the |my ]break is|[the |my ]break's) over",
                "[let's get |let's go |get |i'm going ]back to (work|focusing)",
            ],
        },
    ),
    "AthenaFocusStatus": (
        {
            "metadata": {"sampled": False},
            "sentences": [
                "how (long|much time|much longer|much) is[ there] left (of|on|in|for) (<the_focus>|<the> break)",
                "(time|how long|how many minutes)[ are| is][ there][ left| remaining] (of|on|in|for)"
                " (<the_focus>|<the> break)",
                "(how much|how long) (focus|break)[ time][ is| do i have][ left]",
                "(focus time|break time|<the_focus>|<the> break) left",
                "how (long|much longer|much time) do i[ still] have to focus",
                "how (long|much time|much longer|many minutes)[ is| do i have][ left] (until|till|to)"
                " (the|my|the next) break",
                "how long is (the|my|this) break",
                "how much longer (on|in|of|for) (<the_focus>|<the> break)",
                "what time is (the|my|the next|my next) break",
                "(when (is|does)|when's) (the|my|the next|my next|this) break[ (end|over|start|begin)]",
                "when (do|can) i (get|have|take) (a|my|the next) break",
                "(when (is|does)|when's) <the_focus> (over|end|done|finish)",
                "(what's|what is) left (of|on|in) <the_focus>",
                "(how's|how is) <the_focus>[ doing| going]",
                "<the_focus> status",
            ],
        },
        {
            "metadata": {"sampled": False},
            "slots": {"is_it": "break"},
            "sentences": [
                "is it [a |time for (a|the|my) |my ]break[ time][ yet| now| already]",
                "is it (time|break time)[ for (a|the) break][ yet| now| already]",
                "(do i have|have i got|can i have|can i take|can i make) a break[ yet| now| already]",
            ],
        },
        {
            "metadata": {"sampled": False},
            "slots": {"is_it": "focus"},
            "sentences": [
                "is <the_focus> [still ](on|running|going)",
                "am i [still ]focusing",
                "is the break over[ yet| now| already]",
            ],
        },
    ),
}

LISTS: Final = {"focus_count": {"range": {"from": 1, "to": MOST_ROUNDS}}}

RULES: Final = {
    "focus_rounds": "{focus_count:rounds} (round|rounds|pomodoros|sessions)",
    "the_focus": "[(the|my|our|this) ](focus timer|focus session|pomodoro[ timer| session]|focus)",
}

LINES: Final = {
    "focus_focus": "Focus. {duration}.",
    "focus_break": "Break. {duration}.",
    "focus_done": "Focus timer done.",
    "focus_stopped": "Focus timer stopped.",
    "focus_none": "No focus timer.",
    "focus_no_break": "No break now.",
    "focus_too_long": "Four hours at most.",
    "focus_left_focus": "{duration} left.",
    "focus_left_break": "Break. {duration} left.",
    "focus_left_paused": "Paused, {duration} left.",
    **{f"focus_rounds_{count}": f"{word} rounds." for count, word in enumerate(ROUNDS, 2)},
}
