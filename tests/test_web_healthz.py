"""/healthz over HTTP: what it says of the daemon, to whom it is open, and what asks it."""

from tests.web_kit import EVERYWHERE, serving


async def test_healthz_says_whether_all_is_well_and_how_long_ago_what_moved() -> None:
    async with serving(EVERYWHERE, "a-token") as client:
        answer = await client.get("/healthz")

        assert answer.json() == {
            "ok": True,
            "faults": [],
            "database": True,
            "telegram": True,
            "seconds_since": {
                "start": 0,
                "tick": 0,
                "feed_read": None,
                "telegram_poll": None,
                "delivery": None,
                "watchlists": None,
                "canary": None,
            },
        }
