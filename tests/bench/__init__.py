"""Measurements, run by hand: `.venv/bin/python -m tests.bench.NAME`. No part of the test suite."""
