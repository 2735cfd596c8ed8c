"""Papers by number: the same ones in every run, and the first N the same for every N."""

from __future__ import annotations

import random
from typing import Any

OWNER = ("Ada", "Mingxi")
GIVEN = (
    "Wei Ana Ben Chen Femi Goran Hana Jun Lena Mei Omar Qing Rosa Sven Uma Xiu Zoë Søren".split()
)
FAMILY = (
    "Zhang Okafor Novak Silva Kim Müller Rossi Haddad Ivanov Jensen Kaya Nguyen Ruiz Żak".split()
)
WORDS = (
    "spiking neural network training gradient equilibrium implicit online local learning energy "
    "temporal memory phase encoding robust efficient continual graph sparse attention transformer "
    "invertible image representation optimization feedback dynamics plasticity inference model"
).split()
CONFERENCES = [
    "International Conference on Machine Learning",
    "International Conference on Learning Representations",
    "Advances in Neural Information Processing Systems",
    "European Conference on Computer Vision",
]
JOURNALS = ["Neural Networks", "Nature Communications", "Frontiers in Neuroscience"]
LINKS = ("arxiv", "code", "pdf", "openreview")


def paper(number: int) -> dict[str, Any]:
    """Return a paper in CSL-JSON; `award` and `links` are not of CSL."""
    choice = random.Random(20260000 + number)
    kind = choice.choices(["paper-conference", "article-journal"], [7, 3])[0]
    names = [(choice.choice(GIVEN), choice.choice(FAMILY)) for _ in range(choice.randint(2, 7))]
    names.insert(choice.randint(0, len(names)), OWNER)
    labels = choice.sample(LINKS, choice.randint(1, 4))
    return {
        "id": f"p{number:05}",
        "type": kind,
        "title": " ".join(choice.choice(WORDS) for _ in range(choice.randint(7, 13))).title(),
        "author": [{"given": given, "family": family} for given, family in names],
        "container-title": choice.choice(CONFERENCES if kind == "paper-conference" else JOURNALS),
        "issued": {"date-parts": [[choice.randint(2000, 2026)]]},
        "abstract": " ".join(choice.choice(WORDS) for _ in range(120)).capitalize() + ".",
        "award": "Spotlight" if choice.random() < 0.05 else "",
        "links": [(label, f"https://{label}.example.org/{number:05}") for label in labels],
    }


def papers(count: int) -> list[dict[str, Any]]:
    return [paper(number) for number in range(count)]
