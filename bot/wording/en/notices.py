"""English: what chats are told about the service, by the key in the outbox."""

NOTICES = {
    "list_broken": (
        "⚠️ The watchlist <b>{name}</b> has a fault. Its last good version stays in force "
        "until it is fixed."
        "\n<pre>{faults}</pre>"
    ),
    "list_broken_new": (
        "⚠️ The watchlist <b>{name}</b> has a fault. It does not count until that is mended."
        "\n<pre>{faults}</pre>"
    ),
    "folder_gone": (
        "⚠️ The watchlists' folder is empty or gone. All lists stay in force until it is back."
    ),
    "feed_gone": (
        "⚠️ The feed <b>{name}</b> is gone: its publisher has closed it for good. "
        "I no longer read it; /addfeed adds another.\n{url}"
    ),
    "list_removed": (
        "⏸ The file of the watchlist <b>{name}</b> is gone, so the list is paused. "
        "Everyone who has it on has been told. Once the file is back, it resumes."
    ),
    "list_paused": (
        "⏸ <b>{label}</b> is paused: this watchlist was removed for the time being. "
        "It stays on for you; once it is back, alerts resume."
    ),
    "list_back": "▶️ <b>{label}</b> is back. You get alerts on it again.",
    "chat_parked": (
        "⏳ Telegram wants the chat <code>{chat}</code> left alone for {minutes} minutes. "
        "What comes in between will be in a digest."
    ),
    "topic_gone": (
        "⚠️ In the group <code>{chat}</code> the topic {thread} is gone. "
        "Its alerts go to the main chat now."
    ),
    "feed_ill": (
        "⚠️ The feed <b>{name}</b> cannot be read any more. "
        "{errors} attempts in a row have failed, the last one with: <i>{error}</i>. "
        "I keep trying and will tell you when it can be read again.\n{url}"
    ),
    "feed_never_read": (
        "⚠️ I have never been able to read the feed <b>{name}</b>. "
        "{errors} attempts in a row have failed, the last one with: <i>{error}</i>. "
        "Is its address right? I keep trying and will tell you when it works.\n{url}"
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
        "network. No feed is blamed for it, and as soon as it works again I will catch up."
    ),
    "exclusion_proposed": (
        "💡 One chat now leaves something out of the watchlist <b>{list}</b>: "
        "<code>-{line}</code>. Should that apply to everybody?"
    ),
    "weekly": (
        "📅 <b>The past week</b>\n"
        "Feeds: {fine} fine, {silent} silent, {ill} ill (/feeds)\n"
        "Alerts sent: {sent}\nMay not have arrived: {uncertain}"
    ),
    "offer_digest": (
        "📬 There were more than 30 alerts on <b>{list}</b> here today. "
        "Would you rather have this list as a digest, twice a day?"
    ),
}
