"""Rounds of the soundscapes, each made once for all tests: every home of theirs would make it anew."""

from functools import cache

from custom_components.athena.audio.rounds import render

made = cache(render)
