"""English. Feeds, and how the service is doing."""

from bot.wording.en.errors import ERRORS
from bot.wording.sources import SourceWords, either


def _added(count: int) -> str:
    said = "✅ From now on I read <b>{title}</b>. "
    if count == 0:
        return said + "It has nothing in it yet."
    return said + ("It has one article:" if count == 1 else f"It has {count} articles:")


def _per_day(count: int) -> str:
    if count == 0:
        return "less than one article a day"
    return "about one article a day" if count == 1 else f"about {count} articles a day"


def _entries(count: int) -> str:
    return "empty so far" if count == 0 else either("one article", "# articles")(count)


SOURCES = SourceWords(
    seconds=either("one second", "# seconds"),
    minutes=either("one minute", "# minutes"),
    hours=either("one hour", "# hours"),
    days=either("one day", "# days"),
    just_now="just now",
    minutes_ago=either("one minute ago", "# minutes ago"),
    hours_ago=either("one hour ago", "# hours ago"),
    days_ago=either("one day ago", "# days ago"),
    soon="in a moment",
    zone="{time} ({zone})",
    errors=ERRORS,
    title=either("<b>One feed</b>", "<b># feeds</b>"),
    none="I do not read any feeds yet. /addfeed adds one, /import many at once.",
    page="Page {page} of {pages}",
    health={
        "ill": "🔴 ill",
        "gone": "⚫️ ended",
        "silent": "🔇 silent",
        "failing": "🟠 lately not readable",
        "paused": "⏸ paused",
        "new": "🆕 not read yet",
        "well": "🟢 fine",
    },
    last_read="Read: {ago}",
    never_read="Read: never yet",
    last_new="Last news: {ago}",
    never_new="Last news: none yet",
    failures=either("The last attempt has failed", "The last # attempts have failed"),
    per_day=_per_day,
    in_config="This feed is in the file config.toml and is changed there.",
    remove_asked="Shall I stop reading <b>{name}</b>? Alerts already sent stay.",
    button_earlier="◀️ Back",
    button_later="Next ▶️",
    button_all="📡 All feeds",
    button_pause="⏸ Pause",
    button_resume="▶️ Read again",
    button_remove="🗑 Remove",
    button_remove_now="🗑 Yes, remove it",
    button_keep="Keep it",
    answer_paused="“{name}” is paused",
    answer_resumed="“{name}” is being read again",
    answer_removed="“{name}” is removed",
    how_to_add=(
        "Which site shall I read? Write its address after the command, for instance:\n"
        "<code>/addfeed bbc.co.uk/news</code>\n"
        "I look for its feed (RSS or Atom) myself."
    ),
    no_address=(
        "“{written}” is not a web address. "
        "Write <code>/addfeed bbc.co.uk/news</code>, for instance."
    ),
    looking="🔎 Looking at {host} …",
    added=_added,
    added_old="What is there already counts as old. Alerts come for what appears from now on.",
    known="I already read this feed.",
    added_unread=(
        "✅ Added, though I cannot read it at present: {error}. "
        "I keep trying; /feeds shows how it is doing."
    ),
    no_host=("I have not added it: {error}. Is it spelt correctly? If so, please try again later."),
    not_allowed="I am not allowed to fetch that: {error}.",
    nothing_found=(
        "I found no feed at {host}. If you know its exact address, send me that with /addfeed. "
        "I looked here:"
    ),
    too_slow=(
        "{host} answers too slowly, so I stopped waiting. Try again later, or send me the exact "
        "address of the feed."
    ),
    several=either("There is one feed. Shall I read it?", "There are # feeds. Which shall I read?"),
    may_be_more="There may be more: I did not follow every link.",
    entries=_entries,
    button_found="▫️ {title}",
    button_taken="✅ {title}",
    answer_added="I read “{name}” from now on",
    answer_known="I already read this feed",
    how_to_import=(
        "Send me an <b>.opml file</b>, simply as an attachment. Feed readers such as Feedly, "
        "Inoreader or Thunderbird export their feeds as one. What I already read stays as it is."
    ),
    unreadable="I cannot read this file: {error}.",
    unreadable_line="I cannot read this file: {error} (line {line}).",
    too_many=(
        "That is {count} feeds, and I take no more than {most} at once. Please split the file."
    ),
    asking=either(
        "📥 There is one feed in the file. I am checking whether it answers …",
        "📥 There are # feeds in the file. I am checking whether each one answers. "
        "That takes a minute at most …",
    ),
    imported=("📥 <b>Done.</b>\nAdded: {added}\nAlready there: {known}\nLeft out: {left_out}"),
    left_out="<b>Left out:</b>",
    not_answering="<b>Added, but not readable at present:</b>",
    unasked=either(
        "One feed did not answer in that time. I added it all the same; "
        "/feeds will soon show how it is doing.",
        "# feeds did not answer in that time. I added them all the same; "
        "/feeds will soon show how they are doing.",
    ),
    more=lambda count: f"… and {count} more.",
    exported="📡 All feeds as an OPML file, for any feed reader.",
    exports_lists="<code>/export LIST</code> sends you a watchlist.",
    exports_admins=(
        "I send watchlists and feeds as files to administrators only. "
        "<code>/export</code> by itself gives you your own data."
    ),
    exported_own="🗂 This is everything I know about this chat.",
    only_private="I send that only in a private chat with me. Please ask me there.",
    status="<b>How things stand</b>",
    chat_id="This chat’s id: <code>{id}</code>",
    channel_id="The channel’s id: <code>{id}</code>",
    topic="Topic: <code>{thread}</code>",
    states={
        "active": "🔔 Alerts arrive here.",
        "paused": "⏸ This chat is paused. /start resumes.",
        "asleep": "🔔 Alerts arrive here again.",
    },
    reading=either("📡 I read one feed.", "📡 I read # feeds."),
    told="⏱ Alerts usually come {length} after publication.",
    not_told="⏱ In the last seven days there was nothing to report.",
    unread=either("📖 One article is waiting to be read.", "📖 # articles are waiting to be read."),
    unsent=either(
        "✉️ One message is waiting for this chat. It comes: {time}.",
        "✉️ # messages are waiting for this chat. The next one comes: {time}.",
    ),
    status_admin="<b>For administrators</b>",
    entries_a_day="Articles a day: {count}",
    discovery="Usually found {length} after publication",
    network_down="⚠️ Our own network is out of order, first noticed {ago}.",
    canary="🐤 The hourly trial run last came through {ago} and took {length}.",
    database={
        "full": "⚠️ The disk is full, noticed {ago}. As soon as there is room, I go on.",
        "read_only": "⚠️ I can only read my data, not write it, noticed {ago}.",
        "locked": "⚠️ Another program holds my database, noticed {ago}.",
        "failing": "⚠️ The disk does not answer as it should, noticed {ago}.",
        "damaged": "⚠️ My database is damaged, noticed {ago}.",
    },
    chats="Chats: {count} · administrators: {admins}",
    letters="Messages: {states}",
    letter_states={
        "pending": "{count} still to be sent",
        "sending": "{count} on the way",
        "sent": "{count} sent",
        "uncertain": "{count} may not have arrived",
        "dead": "{count} told in a digest or no longer needed",
    },
    told_most="Almost all alerts (95%) come within {length} of publication.",
    plain="Sent without formatting: {count}",
)
