"""docs/observability.md and docs/grafana.json speak of the metrics that there are."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.web.health import Vitals
from bot.web.metrics import Seen, exposition
from tests.metrics_kit import samples
from tests.test_web_metrics import FIGURES, a_full_one
from tests.web_kit import NOW

DOCS = Path(__file__).parent.parent / "docs"
NAME = re.compile(r"\b(?:ausguck|process)_\w+")


@pytest.fixture(scope="module")
def there() -> set[str]:
    """The names of all samples that /metrics can have."""
    vitals = Vitals(NOW, NOW, database=True, canary=NOW, canary_took=timedelta(seconds=1))
    return set(samples(exposition(Seen(a_full_one(), vitals, FIGURES, NOW)).decode()))


def dashboard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DOCS / "grafana.json").read_text(encoding="utf-8"))
    return loaded


def expressions() -> list[str]:
    return [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]


def test_the_dashboard_shows_only_metrics_that_there_are(there: set[str]) -> None:
    named = {name for expression in expressions() for name in NAME.findall(expression)}

    assert len(named) > 12
    assert named <= there


def test_the_dashboards_panels_have_titles_places_and_numbers_of_their_own() -> None:
    panels = dashboard()["panels"]

    assert len({panel["id"] for panel in panels}) == len({p["title"] for p in panels})
    taken = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24


def test_the_dashboards_expressions_close_what_they_open() -> None:
    for expression in expressions():
        for opening, closing in ("()", "{}", "[]"):
            assert expression.count(opening) == expression.count(closing), expression


def test_the_table_lists_every_metric_of_ours_and_no_other(there: set[str]) -> None:
    page = (DOCS / "observability.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"(?m)^\| `(ausguck_\w+)`", page))
    families = {re.sub(r"_(bucket|count|sum)$", "", n) for n in there if n.startswith("ausguck_")}

    assert listed == families
