"""Emulators of devices that speak their real wire protocols on loopback; each is runnable."""
