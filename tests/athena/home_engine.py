"""The sentences of a home, as the speech-to-text server expands them; it has a Python of its own."""

import json
import subprocess
from pathlib import Path
from typing import Any, Final

SERVERS: Final = Path(__file__).parents[2] / "wyoming_servers"
EXPAND: Final = """
import collections, json, sys
from athena_voice.stt.sentences import expand
from athena_voice.stt.vocabulary import parse
kinds = collections.defaultdict(set)
for sentence in expand(parse(json.load(sys.stdin))):
    kinds[sentence.kind].add(sentence.text)
print(json.dumps({kind: sorted(texts) for kind, texts in kinds.items()}))
"""


def expanded(vocabulary: dict[str, Any]) -> dict[str, list[str]]:
    """Return the sentences of each kind."""
    command = [str(SERVERS / ".venv/bin/python"), "-c", EXPAND]
    process = subprocess.run(
        command, input=json.dumps(vocabulary), cwd=SERVERS, text=True, capture_output=True, check=True, timeout=60
    )
    sentences: dict[str, list[str]] = json.loads(process.stdout)
    return sentences
