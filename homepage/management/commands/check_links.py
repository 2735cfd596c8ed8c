"""Ask every address that the site links to whether it is still there, and keep the answers.

Several servers are asked at once, each politely: one request at a time with a pause between.
Nothing of the site is changed. After Control-C what was found so far is kept.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from threading import Event

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from homepage.common.http import Client
from homepage.common.text import count
from homepage.fetching import contact
from homepage.links.checking import check
from homepage.links.findings import BROKEN, GOOD, UNSURE
from homepage.links.outgoing import outgoing_links
from homepage.links.results import keep


def make_client(sleep: Callable[[float], object]) -> Client:
    """Return a client that also asks sites without encryption, as old links are."""
    return Client(contact(), schemes=("http", "https"), sleep=sleep)


class Command(BaseCommand):
    help = "Check the links to other sites, and show in the admin which are broken."

    def __init__(self, *args, client: Callable[..., Client] = make_client, **kwargs):
        super().__init__(*args, **kwargs)
        self.make_client = client

    def handle(self, *, verbosity: int, **options):
        self.verbosity = verbosity
        links = outgoing_links()
        if not links:
            self.say("Nothing to do: the site links to no other.")
            return
        findings = []
        try:
            self.ask(links, findings)
        except KeyboardInterrupt:
            keep(links, findings)
            asked = f"{len(findings)} of {count(len(links), 'link')}"
            raise CommandError(
                f"Stopped after {asked}; what was found is kept.", returncode=130
            ) from None
        if all(finding.is_unreachable for finding in findings):
            raise CommandError(
                "No server could be reached, so that nothing was kept. Is this computer online? "
                f"The first answer was: {findings[0].problem}"
            )
        keep(links, findings)
        self.report(links, findings)

    def ask(self, links, findings):
        hidden = not self.verbosity or not sys.stderr.isatty()
        stopping = Event()
        with tqdm(total=len(links), unit="link", leave=False, disable=hidden) as bar:
            # Whoever stops the command does not wait for pauses between requests.
            client = self.make_client(stopping.wait)
            for finding in check(links, client, stopping):
                findings.append(finding)
                bar.update()

    def report(self, links, findings):
        by_url = {finding.url: finding for finding in findings}
        for url, places in links.items():
            finding = by_url[url]
            if finding.state == GOOD:
                continue
            word = "Broken" if finding.state == BROKEN else "Not sure"
            where = ", ".join(f"“{place.label}”" for place in places)
            self.say(f"{word}: {url}\n  in {where}\n  {finding.problem}")
        states = Counter(finding.state for finding in findings)
        self.say(
            f"{count(len(links), 'link')} checked: {states[GOOD]} good, "
            f"{states[BROKEN]} broken, {states[UNSURE]} not sure."
        )

    def say(self, text):
        if self.verbosity:
            self.stdout.write(text)
