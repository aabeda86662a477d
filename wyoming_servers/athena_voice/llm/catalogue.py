"""Models that are known to fit: a short list, each pinned to one file of one revision."""

from dataclasses import dataclass
from typing import Final

HUB: Final = "https://huggingface.co"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A GGUF file on Hugging Face."""

    name: str
    """What one says on the command line."""
    repository: str
    revision: str
    """A commit: what it holds cannot be changed."""
    file: str
    size: int
    """Bytes."""
    sha256: str
    context_bytes: int
    """What a token of context takes: 2 (key and value) · 2 bytes · layers · key heads · their size."""
    machine: int
    """Gigabytes of memory of the smallest machine that it is for, with the rest of Athena on it."""
    licence: str
    words: str

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{HUB}/{self.repository}/resolve/{self.revision}/{self.file}"

    def memory(self, context: int, at_once: int) -> int:
        """Return the bytes that it takes while it runs, about: its weights, its context, and what computing takes."""
        return self.size + context * at_once * self.context_bytes + _COMPUTING


_COMPUTING: Final = 350_000_000

ALL: Final = (
    Model(
        name="qwen3-1.7b",
        repository="bartowski/Qwen_Qwen3-1.7B-GGUF",
        revision="dcb19155b962dbb6389f4691a982043a8e651022",
        file="Qwen_Qwen3-1.7B-Q4_K_M.gguf",
        size=1_282_439_584,
        sha256="72c5c3cb38fa32d5256e2fe30d03e7a64c6c79e668ad84057e3bd66e250b24fb",
        context_bytes=2 * 2 * 28 * 8 * 128,
        machine=8,
        licence="Apache-2.0",
        words="for a processor that is slow, or has more to do",
    ),
    Model(
        name="qwen3-4b",
        repository="bartowski/Qwen_Qwen3-4B-Instruct-2507-GGUF",
        revision="ae44f08e1392f39c0e474af10c3ff8355c8b6688",
        file="Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        size=2_497_280_736,
        sha256="2fde00ce69dd4899c70d020845e2638353015bba0fdf161b3eb965f2bca4464e",
        context_bytes=2 * 2 * 36 * 8 * 128,
        machine=8,
        licence="Apache-2.0",
        words="the one to begin with",
    ),
    Model(
        name="qwen3-8b",
        repository="Qwen/Qwen3-8B-GGUF",
        revision="7c41481f57cb95916b40956ab2f0b139b296d974",
        file="Qwen3-8B-Q4_K_M.gguf",
        size=5_027_783_488,
        sha256="d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785",
        context_bytes=2 * 2 * 36 * 8 * 128,
        machine=16,
        licence="Apache-2.0",
        words="with a graphics card, or an Apple M",
    ),
)
"""All have full attention in every layer: what they remember of a prompt can be used again from any point."""
