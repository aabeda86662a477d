"""The wake word server."""
