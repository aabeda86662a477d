"""Counts tokens as a real tokenizer does: llama.cpp's, with a vocabulary that its source brings along."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent.parent
PYTHON: Final = ROOT / "wyoming_servers/.venv-llm/bin/python"
LOCK: Final = ROOT / "wyoming_servers/uv.lock"
CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "athena"

SDIST: Final = re.compile(r'url = "(https://[^"]+/llama_cpp_python-[^"]+\.tar\.gz)", hash = "sha256:([0-9a-f]{64})"')
VOCABULARY: Final = "ggml-vocab-gemma-4.gguf"
NAME: Final = "Gemma 4"

PROGRAM: Final = """
import json, sys
from llama_cpp import Llama
model = Llama(sys.argv[1], vocab_only=True, verbose=False)
texts = json.load(sys.stdin)
json.dump([len(model.tokenize(text.encode(), add_bos=False, special=False)) for text in texts], sys.stdout)
"""


class Tokenizer:
    """Counts tokens in a process of its own, where llama-cpp-python is."""

    def __init__(self, vocabulary: Path | None = None) -> None:
        """Find the vocabulary, or take it from the source that the lock names; raise SystemExit where that fails."""
        if not PYTHON.exists():
            sys.exit("llama-cpp-python is not there: script/bootstrap llm builds it (minutes, once)")
        self._vocabulary = vocabulary or CACHE / VOCABULARY
        if not self._vocabulary.exists():
            _fetch(self._vocabulary)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text is, without those that a chat's template adds."""
        done = subprocess.run(
            [PYTHON, "-c", PROGRAM, self._vocabulary],
            input=json.dumps(list(texts)),
            capture_output=True,
            check=True,
            text=True,
            timeout=300,
        )
        counted: list[int] = json.loads(done.stdout)
        return counted


def _fetch(to: Path) -> None:
    found = SDIST.search(LOCK.read_text("utf-8"))
    if found is None:
        sys.exit(f"{LOCK} names no source of llama-cpp-python")
    print(f"Fetching {VOCABULARY} out of {found.group(1)} (77 MB, once)", file=sys.stderr)
    with tempfile.NamedTemporaryFile() as packed:
        digest = hashlib.sha256()
        with urllib.request.urlopen(found.group(1), timeout=60) as response:  # noqa: S310  the lock's https
            while block := response.read(1 << 20):
                digest.update(block)
                packed.write(block)
        packed.flush()
        if digest.hexdigest() != found.group(2):
            sys.exit("what came is not what the lock names")
        with tarfile.open(packed.name) as source:
            inside = next(name for name in source.getnames() if name.endswith(f"/models/{VOCABULARY}"))
            file = source.extractfile(inside)
            assert file is not None
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read())
