"""Which sentences there are. Trends as pictures, and the press review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.wording.kinds import Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """Trends as pictures, and the press review."""

    # Days and numbers, also in pictures and files.
    weekdays: Mapping[int, str]
    """In short; 0 is Monday."""
    months: Mapping[int, str]
    """In short; from 1."""
    day_of: str
    """A day: its `weekday`, `day` and `month`."""
    moment: str
    """A day, its `date`, with a `time`."""
    thousands: str
    """What stands between the thousands of a number."""
    within: Counted
    """Given how many days back it goes, the last one included."""
    days: Counted
    stories: Counted
    articles: Counted

    # /trend. The legend stands in the picture.
    how_to_trend: str
    trend_too_long: str
    trend_nothing: str
    trend_title: str
    trend_peaks: str
    trend_peak: str
    trend_slow: str
    trend_not_sent: str
    legend_stories: str
    legend_articles: str

    # /review.
    review_off: str
    review_now: str
    review_daily: str
    review_csv: str
    review_unread: str
    button_review_at: str
    button_review_now: str
    button_review_off: str
    review_title: str
    review_line: str
    review_line_nothing: str
    review_nothing: str
    review_no_lists: str
    review_doubted: str
    """What may not have arrived, by its list."""
    review_doubted_whole: str
    review_file: str
    review_refused: str
    review_name: str
    """Of the file, without its ending."""

    # In the file; there it is plain text.
    paper_title: str
    paper_period: str
    paper_made: str
    paper_contents: str
    paper_to_contents: str
    paper_first: str
    paper_sources: str
    paper_empty: str
    paper_left_out: Counted
    paper_columns: Mapping[str, str]
    paper_yes: str
    paper_separator: str
    """Of the columns in a CSV file: what the spreadsheets of this language expect."""

    def day(self, day: date) -> str:
        """Return a day in short words."""
        weekday, month = self.weekdays[day.weekday()], self.months[day.month]
        return self.day_of.format(weekday=weekday, day=day.day, month=month)

    def time(self, local: datetime) -> str:
        """Return a local time in short words."""
        clock = f"{local.hour}:{local.minute:02}"
        return self.moment.format(date=self.day(local.date()), time=clock)

    def number(self, count: int) -> str:
        """Return a number as people write it."""
        return f"{count:,}".replace(",", self.thousands)
