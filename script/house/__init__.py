"""A house: a real Home Assistant with a small home, Athena's servers and a satellite, on loopback, for a while.

`script/demo` shows one and `tests/end_to_end` try one. `python -m script.house` runs it in the environment whose
Home Assistant it starts.
"""
