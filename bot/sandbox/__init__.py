"""The sandbox: a strict local Bot API, recorded feeds, a chat page; no token, no network."""
