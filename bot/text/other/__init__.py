"""Word forms in every language but German."""
