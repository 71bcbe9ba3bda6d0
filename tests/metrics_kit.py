"""Reads /metrics as Prometheus does."""

from prometheus_client.parser import text_string_to_metric_families

Labels = frozenset[tuple[str, str]]


def samples(exposition: str) -> dict[str, dict[Labels, float]]:
    """Return what a page of metrics says: name -> labels -> value."""
    found: dict[str, dict[Labels, float]] = {}
    for family in text_string_to_metric_families(exposition):
        for sample in family.samples:
            labels = frozenset(sample.labels.items())
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def by(exposition: str, name: str) -> dict[str, float]:
    """Return the values of a metric with one label, or none."""
    return {
        ",".join(value for _, value in sorted(labels)): value
        for labels, value in samples(exposition).get(name, {}).items()
    }
