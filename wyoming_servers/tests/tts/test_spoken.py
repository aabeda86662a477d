"""What of a text is said aloud."""

import pytest

from athena_voice.tts.spoken import spoken


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lamp on.", "Lamp on."),
        ("  Lamp\t on.\n", "Lamp on."),
        ("It is 21 °C, über Null.", "It is 21 °C, über Null."),
        ("Good night 🙂", "Good night"),
        ("Done 👍🏽 ✅ 1️⃣", "Done 1"),
        ("👨\u200d👩\u200d👧", ""),
        ("…", ""),
        ("?! - .", ""),
        ("<speak>Hello <break time='1s'/>there</speak>", "Hello there"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("Lamp\x00 on\x07", "Lamp on"),
        ("Lamp \ud83d on", "Lamp on"),
        ("日本", "日本"),
    ],
)
def test_words_are_said_and_marks_are_not(text: str, said: str) -> None:
    assert spoken(text) == said
