"""A room's voice for Home Assistant: microphone, wake word, speaker, and the Wyoming events between them."""
