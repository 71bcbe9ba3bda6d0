"""Watchlists, pure: their language, what is in force, and matching articles against them."""
