"""What the daemon shows over HTTP: at present whether it is well."""
