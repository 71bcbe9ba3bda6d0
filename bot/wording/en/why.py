"""English: why an article was told, or was not, by the steps of `bot.alerts.why`."""

WHY = {
    "listed": "{outlet} listed it at {time}",
    "listed_old": "{outlet} listed it at its first poll, so it counts as old",
    "unread": "it was not read yet",
    "unread_due": "it was not read yet; due at {time}",
    "read_page": "its page was read",
    "read_feed": (
        "only the feed’s text was read: its page is not wanted, behind a wall, or was not had"
    ),
    "read_title": "only its title was read: its page was not had, and the feed has no text",
    "no_match": "no watchlist matches it",
    "match": "it matches {lists}",
    "chat_unknown": "this chat is not known",
    "chat_not_served": "the chat is not served at present",
    "list_off": "none of these lists is on in the chat",
    "not_told": "it was not told: {reason}",
    "told_alert": "it was told in an alert at {time}",
    "told_digest": "it was told in a digest at {time}",
    "waits_alert": "an alert with it waits, due at {time}",
    "waits_digest": "a digest with it waits, due at {time}",
    "on_its_way": "a message with it is on its way",
    "uncertain": "its message may not have arrived; the next one names it",
    "not_sent": "its message was not sent: {error}",
    "no_feed": "no feed has listed this address",
    "site_feed": "its site’s feed {name}: {state}",
    "no_site_feed": "no feed of its site is polled",
}
