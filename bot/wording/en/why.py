"""English: why an article was told, or was not, by the steps of `bot.alerts.why`."""

WHY = {
    "listed": "{outlet} listed it at {time}",
    "listed_old": "{outlet} listed it at its first poll, so it counts as old",
    "unread": "it was not read yet",
    "unread_due": "it was not read yet; due at {time}",
    "read_page": "its page was read",
    "read_feed": "only the feed’s text was read: its page is not wanted, or not to be had",
    "read_walled": "only the feed’s text was read: its page is behind a paywall",
    "read_title": "only its title was read: its page is not to be had, and the feed has no text",
    "read_gone": "it was read; its text is no longer kept",
    "forgotten": "that is long ago; what became of it is no longer kept",
    "no_match": "no watchlist matches it",
    "match": "it matches {lists}",
    "chat_unknown": "this chat is not known",
    "chat_not_served": "the chat is not served at present",
    "list_off": "none of these lists is on in the chat",
    "not_told": "it was not told: {reason}",
    "told_alert": "it was told in an alert at {time}",
    "told_story": "it is of a story that was told at {time}",
    "told_digest": "it was told in a digest at {time}",
    "waits_alert": "an alert with it waits, due at {time}",
    "waits_return": "the chat is muted; the message after that has it, due at {time}",
    "waits_folded": "there was a lot at once; a digest with it waits, due at {time}",
    "waits_digest": "a digest with it waits, due at {time}",
    "on_its_way": "a message with it is on its way",
    "uncertain": "its message may not have arrived; the next one names it",
    "not_sent": "its message was not sent: {error}",
    "story_new": "it opens a story",
    "story_split": "somebody said that it is a story of its own",
    "story_again": "the article was known: {other}",
    "story_wire": (
        "the same text as “{other}”: {score}% of the shorter one is in both (needed: {threshold}%)"
    ),
    "story_same": (
        "the same story as “{other}”: likeness {score}% (needed: {threshold}%), shared: {shared}"
    ),
    "story_related": (
        "a story of its own, but related to “{other}”: "
        "likeness {score}% (needed: {threshold}%), shared: {shared}"
    ),
    "story_next": "next best was “{other}”: likeness {score}%",
    "story_against": "against it: {vetoes}",
    "no_feed": "no feed has listed this address",
    "site_feed": "its site’s feed {name} was last read at {time}",
    "site_feed_ill": "its site’s feed {name} is ill: {error}",
    "site_feed_off": "its site’s feed {name} is not polled at present",
    "no_site_feed": "no feed of its site is polled; admins can add one with /addfeed",
}
