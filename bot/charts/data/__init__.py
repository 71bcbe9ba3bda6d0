"""Noto Sans, Latin, Greek and Cyrillic, under the licence in OFL.txt."""
