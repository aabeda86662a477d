"""Wyoming servers of Athena: wake word, speech to text of the home's own sentences, text to speech."""
