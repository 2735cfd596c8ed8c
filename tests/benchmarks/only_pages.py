"""Export the home page, the page of all papers and a page of each, as builders of sites do it.

No lists, feeds and files, and none of what they are made of; nothing either of what the next
export would be compared with: `only_pages export_site TARGET`. The name of the command lets it
begin as that does.
"""

import gc
import os
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import django

gc.disable()  # as manage.py does
django.setup()

from django.conf import settings  # noqa: E402

from homepage.static_copy import batches  # noqa: E402
from homepage.static_copy.batches import Batch, PaperWork  # noqa: E402
from homepage.static_copy.copying import Copy  # noqa: E402
from homepage.static_copy.links import Place  # noqa: E402
from homepage.static_copy.papers import Papers, entry_kind  # noqa: E402
from homepage.static_copy.sharing import Crew  # noqa: E402
from homepage.static_copy.standing import standing_at  # noqa: E402
from homepage.static_copy.state import Due, State  # noqa: E402
from homepage.static_copy.target import Target  # noqa: E402
from homepage.static_copy.visitor import Visitor  # noqa: E402
from manage import leave  # noqa: E402
from publications.models import Publication  # noqa: E402


class OnlyPages(Papers):
    def write(self, clerk, paper, due):
        for path, inputs in due:
            if path.endswith("/"):
                clerk.write(path, self.answer(path, paper, {}), inputs)
        # Of it there is an entry on the two pages of more than one paper.
        return [(paper.pk, entry_kind(False, False), self._entry(paper, False, False))]


def parts(draft, keys):
    ends = pairwise(batches.bounds(len(keys)))
    return [Batch(draft, [(key, "") for key in keys[start:end]]) for start, end in ends]


def main(folder, workshop):
    batches.Papers = OnlyPages
    place, visitor = Place(settings.SITE_URL), Visitor(settings.SITE_URL)
    work = PaperWork(visitor, place, workshop)
    jobs = os.cpu_count() or 1
    with (
        standing_at(settings.SITE_URL),
        Crew(work, jobs) as crew,
        Crew(work, 1, lambda: defaultdict(bytes)) as alone,
        Target(folder).replacement() as draft,
    ):
        _ = visitor.not_found
        with State(workshop):
            pass
        keys = list(Publication.objects.public().values_list("pk", flat=True))
        crew.call(jobs)
        with ThreadPoolExecutor(1) as threads:
            # What the two other pages show is found out while papers are written.
            papers = threads.submit(crew.share, parts(draft, keys), lambda: None)
            copy = Copy(visitor, place, workshop, alone, lambda: None)
            papers.result()
        copy.begin(draft)
        with State(workshop) as state:
            for path in ("/", "/papers/"):
                copy.write_other(copy.clerk, Due(path, ""), state)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[2]), Path(folder))
    leave()
