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
from pathlib import Path

import django

gc.disable()  # as manage.py does
django.setup()

from django.conf import settings  # noqa: E402

from homepage.static_copy import batches  # noqa: E402
from homepage.static_copy.batches import PaperWork  # noqa: E402
from homepage.static_copy.copying import Copy  # noqa: E402
from homepage.static_copy.links import Place  # noqa: E402
from homepage.static_copy.papers import Papers, entry_kind  # noqa: E402
from homepage.static_copy.sharing import Crew  # noqa: E402
from homepage.static_copy.standing import standing_at  # noqa: E402
from homepage.static_copy.state import Due, State  # noqa: E402
from homepage.static_copy.target import Target  # noqa: E402
from homepage.static_copy.visitor import Visitor  # noqa: E402
from manage import leave  # noqa: E402


class OnlyPages(Papers):
    def write(self, clerk, paper, due):
        for path, inputs in due:
            if path.endswith("/"):
                clerk.write(path, self.answer(path, paper, {}), inputs)
        # Of it there is an entry on the two pages of more than one paper.
        return [(paper.pk, entry_kind(False, False), self._entry(paper, False, False))]


def main(folder, workshop):
    batches.Papers = OnlyPages
    place, visitor = Place(settings.SITE_URL), Visitor(settings.SITE_URL)
    work = PaperWork(visitor, place, workshop)
    jobs = os.cpu_count() or 1
    with (
        standing_at(settings.SITE_URL),
        Crew(work, jobs, lambda: defaultdict(bytes), work.practise) as crew,
        Target(folder).replacement() as draft,
    ):
        _ = visitor.not_found
        crew.call(jobs)
        copy = Copy(visitor, place, workshop, crew, lambda: None)
        copy.begin(draft)
        with State(workshop):
            pass
        copy.write_papers(range(len(copy.catalogue)))
        with State(workshop) as state:
            for path in ("/", "/papers/"):
                copy.write_other(copy.clerk, Due(path, ""), state)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[2]), Path(folder))
    leave()
