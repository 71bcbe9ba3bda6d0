"""What the daemon shows over HTTP: whether it is well, the status page, lists as feeds."""
