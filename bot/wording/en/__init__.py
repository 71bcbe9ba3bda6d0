"""English."""

from collections.abc import Sequence
from datetime import datetime

from bot.wording.en.doctor import DOCTOR
from bot.wording.en.files import FILES
from bot.wording.en.help import HELP, HELP_ADMIN
from bot.wording.en.notices import NOTICES
from bot.wording.en.own import OWN
from bot.wording.en.page import PAGE
from bot.wording.en.people import PEOPLE
from bot.wording.en.reading import READING
from bot.wording.en.reports import REPORTS
from bot.wording.en.sources import SOURCES
from bot.wording.en.trials import TRIALS
from bot.wording.en.watch import WATCH
from bot.wording.en.why import WHY
from bot.wording.sentences import Sentences


def _moment(local: datetime, months: tuple[str, ...]) -> str:
    return f"{local.day} {months[local.month - 1]} {local.year}, {local:%H:%M}"


def _recent_title(label: str, count: int) -> str:
    if count == 0:
        return f"Nothing on {label} in the last 24 hours. I am keeping watch."
    if count == 1:
        return f"One article on {label} in the last 24 hours:"
    return f"{count} articles on {label} in the last 24 hours:"


def _catch_up_title(count: int) -> str:
    what = "One article is" if count == 1 else f"{count} articles are"
    return f"🕰 <b>Catching up:</b> {what} late, because I could not read any feeds for a while:"


def _digest_title(count: int) -> str:
    return "🗞 <b>Collected:</b> " + ("one article" if count == 1 else f"{count} articles")


def _quiet_now(hours: str, how: str) -> str:
    if not hours:
        return "🔔 There are no quiet hours. Set some with <code>/quiet 22-7</code>."
    if how == "collect":
        what = "I collect what appears during that time and tell you afterwards."
    else:
        what = "During that time alerts come without a sound."
    return f"🌙 Quiet hours: <b>{hours}</b>. {what}"


def _mute_now(time: str) -> str:
    if not time:
        return "🔔 You get every alert. How long shall I be silent?"
    return f"🔇 I am silent until <b>{time}</b>. You then get everything in one message."


def _button_mute(hours: int) -> str:
    if hours < 48:
        return f"{hours} hours"
    return f"{hours // 24} days"


def _digest_now(times: Sequence[str]) -> str:
    if not times:
        return "🔔 Every alert comes at once. When would you like a digest instead?"
    *others, last = times
    when = f"{', '.join(others)} and {last}" if others else last
    return f"🗞 A digest comes every day at <b>{when}</b>."


def _last_title(count: int) -> str:
    if count == 0:
        return "There has been no alert here yet."
    return "The latest alert:" if count == 1 else f"The latest {count} alerts:"


def _return_title(count: int) -> str:
    what = "there was one alert" if count == 1 else f"there were {count} alerts"
    return f"🔔 Alerts are back on. In the meantime {what}:"


ENGLISH = Sentences(
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    moment=_moment,
    menu_lists="Switch watchlists on and off",
    menu_help="What I can do",
    menu_stop="Pause, or leave",
    welcome=(
        "👋 Hello! I am <b>Ausguck</b>, your lookout.\n\n"
        "I read news sites around the clock, whole articles, not just headlines. "
        "As soon as something appears on your topics, I send you the link and the passage, "
        "one alert for each event.\n\n"
        "Now choose what I should look out for."
    ),
    welcome_back="👋 Welcome back. Your watchlists are as you left them.",
    welcome_owner=(
        "🔑 This Ausguck is yours now: you are its administrator.\n"
        "When somebody new writes to me, I ask you whether to let them in. "
        "What else you can do is under /help."
    ),
    help=HELP,
    lists="<b>Watchlists</b>\nTap a list to switch it on or off.",
    lists_group=(
        "<b>Watchlists</b>\nAdministrators of this group switch them on and off by tapping."
    ),
    no_lists=(
        "There is no watchlist yet. Whoever runs this Ausguck writes them as text files. "
        "You can look for something of your own already, with /add."
    ),
    list_on="“{name}” is on",
    list_off="“{name}” is off",
    button_lists="📋 Watchlists",
    stop_asked=(
        "Would you like a <b>pause</b>? Your settings stay, and /start resumes.\n"
        "Or shall I <b>erase everything</b> I know about this chat?"
    ),
    button_pause="⏸ Pause",
    button_erase="🗑 Erase everything",
    button_keep="Go on as before",
    paused="⏸ Paused. /start resumes.",
    erased="🗑 Everything is erased. Goodbye! {way_back}",
    kept="Everything stays as it is.",
    stale_button="This button is out of date. All commands are under /help.",
    no_access=(
        "Hello! This Ausguck is by invitation only. Your id is <code>{id}</code>; "
        "give it to the operator if you would like to join."
    ),
    access_asked="🚪 Somebody would like to join: {name}, id <code>{id}</code>.",
    button_let_in="Let in",
    button_refuse="Refuse",
    let_in="✅ {id} is in.",
    refused="{id} was refused.",
    private_only=(
        "An administrator of this Ausguck admits groups, by adding me to them in person."
    ),
    menu_last="The latest alerts",
    menu_quiet="Set quiet hours",
    menu_why="Why an alert came, or did not",
    help_admin=HELP_ADMIN,
    welcome_list="👋 Hello! “{label}” is on. Here is what else there is:",
    only_administrators="Only an administrator can do that here.",
    quiet_now=_quiet_now,
    quiet_unread="I did not understand that. Write <code>/quiet 22-7</code>, for instance.",
    button_quiet_silent="🔕 22–7 silent",
    button_quiet_collect="🗞 22–7 collected",
    button_quiet_off="No quiet hours",
    through="the end of {day}",
    mute_off="🔔 You get every alert again.",
    mute_some="🔔 You get every alert but for what stands here. Shall I be silent altogether?",
    mute_list_asked="For how long shall <b>{label}</b> be muted?",
    mute_now=_mute_now,
    mute_unread=(
        "Until when? It must be in the future, a year away at most: <code>/mute 2h</code>, "
        "<code>/mute until Friday</code> or <code>/mute North Korea 14 days</code>, "
        "for instance."
    ),
    mute_list=(
        "🔇 <b>{label}</b> is muted until {time}. I’ll tell you afterwards what came in between."
    ),
    mute_list_off="🔔 <b>{label}</b> is no longer muted.",
    mute_story=(
        "🔇 You won’t be told anything new about this event until {time}. If others report it, "
        "I add them to the alert without a sound."
    ),
    mute_story_off="🔔 I’ll tell you again what is new about this event.",
    mute_unknown_list="No list called “{label}” is on here. /subs shows which ones are.",
    button_mute=_button_mute,
    button_unmute="🔔 Unmute",
    digest_now=_digest_now,
    digest_unread="I did not understand that. Write <code>/digest 8 18:30</code>, for instance.",
    digest_sent_now="🗞 What I have collected is on its way.",
    digest_empty="🗞 Nothing has been collected.",
    button_digest_off="Everything at once",
    zone_now="🌍 The time zone is <b>{zone}</b>. The time there is {time}.",
    zone_how=(
        "To change it, name a city: <code>/timezone Vienna</code> "
        "or <code>/timezone Europe/Vienna</code>, for instance."
    ),
    zone_unread=(
        "I do not know this time zone. Name a large city, such as <code>/timezone Vienna</code>, "
        "or write <code>/timezone Europe/Vienna</code>."
    ),
    language_now="🇬🇧 From now on I’ll write in English. All commands are under /help.",
    language_which="🗣 Language: <b>{language}</b>. Tap a button to change it.",
    language_unread="I only write German or English. Which shall it be?",
    subs_title="<b>Your settings</b>",
    subs_title_here="<b>How things are set here</b>",
    subs_none="No watchlist is on yet. Choose some with /lists.",
    subs_muted="{label} – muted until {time}",
    subs_gone="⏸ <b>{name}</b> is paused: the watchlist’s file is missing.",
    subs_paused="⏸ This chat is paused. Resume with /start.",
    last_title=_last_title,
    return_title=_return_title,
    return_more=lambda count: f"… and {count} more. /last shows the newest.",
    why=WHY,
    why_reason=lambda said: said,
    against=lambda said: said,
    news=lambda said: said.removeprefix("its story has news: "),
    why_unread=(
        "That is no address that I understand. Write <code>/why LINK</code>, "
        "or answer an alert with /why."
    ),
    why_asked=(
        "Answer an alert with /why, or write <code>/why LINK</code>: "
        "I’ll say why an article was told, or why it was not."
    ),
    recent_title=_recent_title,
    recent_more=lambda count: f"… and {count} more.",
    from_feed="🗒 I could read only the teaser.",
    from_title="🗒 I could read only the headline.",
    from_walled="🔒 I could read only the teaser: the article is not free to read.",
    from_walled_title="🔒 I could read only the headline: the article is not free to read.",
    also="➕ also at: {outlets}",
    also_agency=lambda count: f"📰 {{agency}}, at {count} outlets, also: {{outlets}}",
    also_more=lambda count: f"and {count} more",
    see_also="↪️ see also: {article}",
    button_article="↗️ Article",
    button_mute_day="🔇 24 hours",
    button_irrelevant="👎 Not relevant",
    button_settings="⚙️ Settings",
    button_claim="🙋 I’ll take it",
    catch_up_title=_catch_up_title,
    digest_title=_digest_title,
    digest_burst=(
        "There was a lot at once, so the rest comes together here. What would you like from now on?"
    ),
    button_at_once="🔔 Everything at once",
    button_hourly="🕐 Hourly",
    button_folded="👍 Leave it as it is",
    folding_at_once="From now on every alert comes at once",
    folding_hourly="From now on, when there is a lot, a digest comes every hour",
    folding_left="Everything stays as it is",
    doubt="⚠️ May not have arrived: {article}",
    doubt_title="The connection broke while sending. To be on the safe side, once more:",
    notices=NOTICES,
    own=OWN,
    page=PAGE,
    reading=READING,
    watch=WATCH,
    files=FILES,
    sources=SOURCES,
    people=PEOPLE,
    trials=TRIALS,
    reports=REPORTS,
    doctor=DOCTOR,
)
