"""The words of one language, and how they are compared."""
