"""English. People: invitations, handing over, privacy, channels, leaving."""

from bot.wording.people import PeopleWords


def _invited(count: int) -> str:
    who = "one person" if count == 1 else f"{count} people"
    return f"🎟 This invitation is for {who} and valid until {{until}}:"


def _taken_more(count: int) -> str:
    return "… and one more list" if count == 1 else f"… and {count} more lists"


def _taken_queries(count: int) -> str:
    return "🔎 one query" if count == 1 else f"🔎 {count} queries"


def _taken_exclusions(count: int) -> str:
    return "🚫 one exclusion" if count == 1 else f"🚫 {count} exclusions"


def _left_out(count: int) -> str:
    what = "One query" if count == 1 else f"{count} queries"
    return f"{what} did not fit in: you have many of your own already. /remove makes room."


PEOPLE = PeopleWords(
    menu_add="Look for something of your own",
    only_admins="Only an administrator of this Ausguck can do that.",
    invite_unread=(
        "Write <code>/invite</code>, or <code>/invite 20</code> for 20 people. "
        "One link lets at most {most} people in."
    ),
    invited=_invited,
    no_access_yet=(
        "Hello! This Ausguck is by invitation only. Your id is <code>{id}</code>. "
        "I have asked its administrators; if one of them lets you in, you will hear from me here."
    ),
    dead_entry="This link is no longer valid.",
    already_in="{id} has already joined in the meantime.",
    stop_group="This is about the whole group, with all of its topics.",
    stop_topic="This is about this topic only; the rest of the group stays as it is.",
    before_erasing={
        "invited": (
            "⚠️ Once everything is erased, you need a new invitation to come back; "
            "after a pause you do not."
        ),
        "admitted": (
            "⚠️ Once everything is erased, only an administrator of this Ausguck can admit me "
            "here again."
        ),
        "owner": (
            "⚠️ You are the last administrator of this Ausguck: if you erase everything, it "
            "belongs to nobody. After that, only <code>ausguck status</code> in a terminal makes "
            "a new owner’s link."
        ),
    },
    way_back={
        "start": "/start begins anew.",
        "invited": "If you would like to come back, you need a new invitation.",
        "admitted": "To have me back here, ask an administrator of this Ausguck.",
        "owner": (
            "This Ausguck belongs to nobody now. To take it over again, get the link from "
            "<code>ausguck status</code> in a terminal."
        ),
    },
    all_that_was_kept="🗂 That was everything I knew about this chat.",
    all_that_is_kept="🗂 This is everything I know about this chat.",
    not_sent="The file could not be sent just now. Please try once more.",
    erased_unsent=(
        "🗑 Everything is erased. Unfortunately the file with your data could not be sent before. "
        "Goodbye! {way_back}"
    ),
    not_erased="Erasing did not work just now. Please try once more.",
    answer_erased_before="That has been erased already.",
    privacy=(
        "<b>What I know about you</b>\n\n"
        "<b>I keep:</b> this chat’s id, language, time zone and settings, which watchlists are on, "
        "your own queries and exclusions, and what I told you when, and why. If somebody in a "
        "group takes on an alert or calls it not relevant, I keep their id too.\n\n"
        "<b>I do not keep:</b> names, phone numbers, or anything else that you write.\n\n"
        "<b>For how long:</b> alerts and their reasons for {days} days, everything else until you "
        "change it. A chat that I cannot write to for {asleep} days is erased.\n\n"
        "<b>To see it:</b> the button below sends you everything as a file.\n"
        "<b>To erase it:</b> /stop. After that only the id and the time remain, so that not even "
        "an older backup brings anything back.\n\n"
        "{operator}"
    ),
    operator="<b>Run by:</b> {contact}",
    operator_unknown="<b>Run by:</b> whoever set this bot up. They have left no address.",
    button_my_data="🗂 Everything as a file",
    share=(
        "🎁 Pass this link on: whoever opens it takes over the lists, queries, exclusions and "
        "times from here. Nothing changes for you. It works once, until {until}:"
    ),
    handover=(
        "🤝 Pass this link on: whoever opens it takes over your lists, queries, exclusions and "
        "times, and gets the alerts in your place. It works once, until {until}:"
    ),
    handover_in_private=(
        "You can hand over only your own chat. From here, /share passes everything on."
    ),
    nothing_to_share="Nothing is set here yet. Choose lists with /lists.",
    own_link=(
        "This is your own link, and it still works. Send it to the person who is to take over "
        "your settings."
    ),
    dead_link=("This link no longer works. Ask for a new one, or choose for yourself with /lists."),
    taken="🎁 <b>This is what you have taken over:</b>",
    handed_nothing=(
        "🤝 You already had everything there is to take over. "
        "It has been handed over all the same: the other chat is paused now."
    ),
    taken_nothing="You already have everything there is to take over. Nothing has changed.",
    taken_more=_taken_more,
    taken_queries=_taken_queries,
    taken_exclusions=_taken_exclusions,
    taken_quiet="🌙 the quiet hours {hours}",
    taken_digests="🗞 digests at {times}",
    left_out=_left_out,
    handed_over="🤝 Your settings have been handed over. I’m pausing here now; /start resumes.",
    welcome_group=(
        "👋 Hello! I am <b>Ausguck</b>, your lookout. I read news sites around the clock and tell "
        "you here what appears on your topics.\n\n"
        "An administrator of the group chooses what I look out for."
    ),
    channel_ready="📣 I can write in the channel {title} now. What shall I report there?",
    channel_mute=(
        "📣 I may not write in the channel {title} yet. Open its list of administrators, tap on me "
        "and allow me to post messages."
    ),
    channel_refused=(
        "An administrator of this Ausguck admits channels, by adding me to them in person."
    ),
    button_manage="⚙️ Set up",
    manage="Which one would you like to set up? What you write and tap here then applies to it.",
    manage_none=(
        "There is no channel or group yet that you can set up. Add me to a group, or to a channel "
        "as an administrator."
    ),
    manage_in_private="That works only in our private chat.",
    manages="What you set here now applies to {title}. /manage leads back to your own chat.",
    manages_own="From now on this is about your own chat again.",
    manages_no_more=(
        "I could not make sure that you still administer {title}. From now on this is about your "
        "own chat again; /manage switches."
    ),
    button_own_chat="My own chat",
    answer_not_yours="Only an administrator of that chat can set it up.",
)
