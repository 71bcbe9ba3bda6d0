"""What runs without end: by hand for minutes, and seeded for seconds in the suite."""
