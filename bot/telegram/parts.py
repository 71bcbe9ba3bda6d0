"""All that can be said and pressed."""

from bot.config import Config
from bot.telegram.adding import Adding
from bot.telegram.admission import Admission
from bot.telegram.channels import Channels
from bot.telegram.desk import Desk
from bot.telegram.doctoring import Doctoring
from bot.telegram.events import Events
from bot.telegram.feed_list import FeedList
from bot.telegram.files import Files
from bot.telegram.handling import Handling
from bot.telegram.leave import Leave
from bot.telegram.lists import Lists
from bot.telegram.manners import Manners
from bot.telegram.mutes import Mutes
from bot.telegram.overview import Overview
from bot.telegram.queries import Queries
from bot.telegram.relevance import Relevance
from bot.telegram.reviewing import Reviewing
from bot.telegram.searching import Searching
from bot.telegram.sharing import Sharing
from bot.telegram.sources import Sources
from bot.telegram.status import Status
from bot.telegram.suggesting import Suggesting
from bot.telegram.talk import Part
from bot.telegram.trends import Trends
from bot.telegram.trying import Trying
from bot.telegram.why import Why


def parts(desk: Desk, config: Config) -> tuple[Part, ...]:
    """Return the parts of the bot's presence; the order is of no account."""
    files, sharing = Files(desk), Sharing(desk)
    return (
        Lists(desk, sharing.accept),
        Adding(desk),
        Queries(desk),
        Handling(desk),
        Relevance(desk),
        Trying(desk),
        Searching(desk),
        Trends(desk, config.store.keep),
        Suggesting(desk),
        Doctoring(desk),
        Manners(desk),
        Reviewing(desk),
        Mutes(desk),
        Overview(desk),
        Why(desk),
        Events(desk),
        FeedList(desk),
        Sources(desk, files.export_list),
        files,
        Status(desk),
        sharing,
        Channels(desk),
        Leave(desk, config.net.contact, config.store.keep),
        Admission(desk),
    )
