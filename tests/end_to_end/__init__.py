"""The whole of it: a real Home Assistant, the three servers and a satellite, over TCP, with real models."""
