"""English. The status page."""

from bot.wording.page import PageWords
from bot.wording.sources import either

PAGE = PageWords(
    title="Ausguck",
    as_of="As of {time}",
    other_language="Deutsch",
    day="{day} {month}",
    then="{day}, {clock}",
    well="All is well",
    ill=either("One feed needs attention", "# feeds need attention"),
    network_down="Our own network fails, first noticed {ago}",
    troubles={
        "Telegram cannot be reached": "Telegram is out of reach at present",
        "Telegram refuses the token; copy it again from @BotFather": (
            "Telegram refuses the token; copy it again from @BotFather"
        ),
        "another process uses this token; end it, or give one of the two another token": (
            "Another bot uses this token; end it, or give one of the two another"
        ),
    },
    database_down="The database does not answer at present. Please try again in a moment.",
    feeds="Feeds",
    feeds_well="{count} are well",
    alerts_today="Alerts in 24 hours",
    told="half within {length} of publication",
    not_told="no alert yet",
    waiting="To be sent",
    nothing_waits="nothing waits",
    unread=either("one article waits to be read", "# articles wait to be read"),
    articles_today="Articles in 24 hours",
    begin="How to begin",
    begin_feeds=(
        "Say what is to be read: `/addfeed bbc.co.uk` in the chat, "
        "or `[[feeds]]` blocks in `config.toml`."
    ),
    begin_lists=(
        "Say what to look for: `/add North Korea` in the chat, "
        "or a text file in the folder `watchlists`, one entry a line."
    ),
    begin_chats="Switch watchlists on in the chat with `/lists`. Then alerts arrive.",
    no_alerts="No alerts yet. Is a watchlist switched on in the chat, with `/lists`?",
    no_alerts_yet="No alerts yet. As soon as anything matches your watchlists, it stands here.",
    no_lists="No watchlists yet. Put a text file into the folder `watchlists`, one entry a line.",
    no_feeds="No feeds yet. In the chat, `/addfeed bbc.co.uk` adds one.",
    attention="Needs attention",
    all_feeds=either("One feed", "All # feeds"),
    show_all=either("Show one more feed", "Show # more feeds"),
    feed="Feed",
    state="State",
    last_read="Read",
    next_due="Next due",
    last_new="Last new",
    never="never",
    now_due="any moment",
    health={
        "ill": "ill",
        "gone": "switched off",
        "silent": "silent",
        "failing": "not read last time",
        "paused": "paused",
        "new": "not read yet",
        "well": "well",
    },
    failures=either("The last try failed", "The last # tries failed"),
    lists="Watchlists",
    hits="matches in 30 days",
    days_30=either("30 days: one match", "30 days: # matches"),
    busiest=either("most on {day}: one", "most on {day}: #"),
    last_hit="last {ago}",
    no_hit="no match yet",
    chats=either("on in one chat", "on in # chats"),
    more_lists=either("… and one more watchlist", "… and # more watchlists"),
    restricted="not for everybody to see",
    alerts="Latest alerts",
    also=either("and one more outlet", "and # more outlets"),
    sent=either("sent to one chat", "sent to # chats"),
    waits=either("still to be sent to one chat", "still to be sent to # chats"),
    uncertain=either("may not have arrived in one chat", "may not have arrived in # chats"),
    dead=either("no longer needed in one chat", "no longer needed in # chats"),
    outbox="Still to be sent",
    outbox_waits=either("One message waits", "# messages wait"),
    outbox_uncertain=either("one may not have arrived", "# may not have arrived"),
    kinds={
        "alert": "Alert",
        "digest": "Digest",
        "catch_up": "Catch-up digest",
        "return": "What a muted chat missed",
        "doubt": "Note of what may be lost",
        "notice": "Notice to admins",
        "edit": "Change of an alert",
    },
    chat_types={
        "private": "private chat",
        "group": "group",
        "supergroup": "group",
        "channel": "channel",
    },
    doubted="may not have arrived",
    next_letter="the next one: {time}",
    attempts=either("one try", "# tries"),
    more_letters=either("… and one more", "… and # more"),
    search="Search",
    search_label="Search what was read",
    search_hint="North Korea & (soldier | troops)",
    within="Within",
    days=either("1 day", "# days"),
    button_search="Search",
    back="Back to the overview",
    found=either("Found for “{query}” in 24 hours", "Found for “{query}” in # days"),
    nothing_found=either(
        "Nothing that was read in the last 24 hours matches “{query}”.",
        "Nothing that was read in the last # days matches “{query}”.",
    ),
    fault="This search cannot be understood",
    too_long="This search is too long: at most {most} characters, please.",
    slow="The search takes too long. Search for something narrower, or less far back.",
    busy="Others are searching just now. Please try again in a moment.",
    damaged=(
        "The index of the articles was damaged and is being made anew. "
        "Please try again in a few minutes."
    ),
    button_newer="Newer",
    button_older="Older",
    atom_title="Ausguck: {label}",
    atom_also="Also: {outlets}",
)
