"""Benchmarks of the voice servers; `script/bench NAME` runs the module of that name."""
