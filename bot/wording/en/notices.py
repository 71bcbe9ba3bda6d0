"""English: what chats are told about the service, by the key in the outbox."""

NOTICES = {
    "list_broken": (
        "⚠️ The watchlist <b>{name}</b> has a fault. Its last good version stays in force."
        "\n<pre>{faults}</pre>"
    ),
    "folder_gone": (
        "⚠️ The watchlists' folder is empty or gone. All lists stay in force until it is back."
    ),
    "feed_gone": (
        "⚠️ The feed <b>{name}</b> is gone: its publisher has ended it for good. "
        "It is not asked any more.\n{url}"
    ),
    "list_removed": (
        "⏸ The file of the watchlist <b>{name}</b> is gone, and the list pauses. "
        "Whoever has it on was told. When the file is back, it goes on."
    ),
    "list_paused": (
        "⏸ <b>{label}</b> pauses: this watchlist was removed for the time being. "
        "It stays on for you; when it is back, I go on."
    ),
    "list_back": "▶️ <b>{label}</b> is back. I go on telling you what appears on it.",
    "chat_parked": (
        "⏳ Telegram wants the chat <code>{chat}</code> left alone for {minutes} minutes. "
        "What comes until then will be told in a digest."
    ),
    "topic_gone": (
        "⚠️ In the group <code>{chat}</code> the topic {thread} is gone. "
        "Its alerts go to the main thread now."
    ),
    "feed_ill": (
        "⚠️ The feed <b>{name}</b> cannot be read any more. "
        "{errors} attempts in a row have failed, the last one with: <i>{error}</i>. "
        "I go on trying and will say so when it is well again.\n{url}"
    ),
    "feed_well": "✅ The feed <b>{name}</b> can be read again.\n{url}",
    "feed_silent": (
        "🔇 The feed <b>{name}</b> answers, but has brought nothing new for {days} days. "
        "I found no successor on its site.\n{url}"
    ),
    "feed_silent_successor": (
        "🔇 The feed <b>{name}</b> answers, but has brought nothing new for {days} days.\n"
        "{url}\nOn the same site there is news here:\n{found}"
    ),
    "network_down": (
        "⚠️ {failed} of {hosts} sites cannot be reached all at once: that is probably our own "
        "network. No feed is blamed for it, and as soon as it works again I catch up."
    ),
    "exclusion_proposed": (
        "💡 In one chat this is left out of <b>{list}</b> as of now: "
        "<code>-{line}</code>. Shall that hold for all?"
    ),
    "weekly": (
        "📅 <b>The past week</b>\n"
        "Feeds: {fine} fine, {silent} silent, {ill} ill (/feeds)\n"
        "Alerts sent: {sent}\nMay not have arrived: {uncertain}"
    ),
    "offer_digest": (
        "📬 There were more than 30 alerts on <b>{list}</b> here today. "
        "Shall I rather tell you this list twice a day, all together?"
    ),
}
