"""The server of the local language model."""
