"""The tier that asks a language model for what the others make nothing of."""
