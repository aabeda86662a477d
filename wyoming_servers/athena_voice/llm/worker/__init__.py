"""The process that has the model, where there is no `llama-server`: llama.cpp by its Python package.

It speaks `llama-server`'s HTTP, as much of it as Athena needs, on a Unix socket that only its parent knows.
"""
