"""Alembic's scripts: one file a revision, in the order of their names."""
