"""Check the page of each public paper as Google Scholar, Zotero and link previews read it.

Nothing is changed and nobody is asked: the pages are rendered here.
"""

from __future__ import annotations

import sys
from collections import Counter

from django.core.management.base import BaseCommand
from tqdm import tqdm

from homepage.common.text import count
from publications.checking import Outcome
from publications.checking.rendered import check_paper, own_request
from publications.models import Publication


class Command(BaseCommand):
    help = "Say what Google Scholar, Zotero and link previews miss on the pages of the papers."

    def add_arguments(self, parser):
        parser.add_argument(
            "--advice", action="store_true", help="Also say what could be better but does not fail."
        )

    def handle(self, *, advice: bool, verbosity: int, **options):
        self.verbosity = verbosity
        papers = Publication.objects.public().newest_first().prefetch_related("authorships")
        total = papers.count()
        if not total:
            self.say("Nothing to check: there is no public paper.")
            return
        wanted = {Outcome.FAIL, Outcome.ADVICE} if advice else {Outcome.FAIL}
        hidden = not verbosity or not sys.stderr.isatty()
        outcomes = Counter()
        request = own_request()
        for paper in tqdm(
            papers.iterator(200), total=total, unit="paper", leave=False, disable=hidden
        ):
            checks = check_paper(paper, request)
            found = [check for check in checks if check.outcome in wanted]
            outcomes["failing"] += any(check.outcome is Outcome.FAIL for check in checks)
            if found:
                self.say(str(paper))
                for check in found:
                    self.say(f"  {check.reader}: {check.label.lower()}. {check.help}")
        good = total - outcomes["failing"]
        self.say(f"{count(total, 'paper')} checked: {good} good, {outcomes['failing']} failing.")

    def say(self, text):
        if self.verbosity:
            self.stdout.write(text)
