"""Builds everything and hands it over: the intake (feeds to outbox), and the daemon around it."""
