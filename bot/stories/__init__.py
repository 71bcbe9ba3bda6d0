"""Pure: which articles are one story. Wire copies, the same event, vetoes. Import from modules."""
