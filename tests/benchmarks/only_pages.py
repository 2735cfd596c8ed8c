"""Export the home page and the page of each paper, and nothing else: `only_pages TARGET`."""

import sys
from contextlib import closing
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from homepage.public_addresses import public_addresses  # noqa: E402
from homepage.static_copy.copying import Copy, batches  # noqa: E402
from homepage.static_copy.export import _jobs  # noqa: E402
from homepage.static_copy.links import Place  # noqa: E402
from homepage.static_copy.standing import standing_at  # noqa: E402
from homepage.static_copy.target import Target  # noqa: E402


def main(folder):
    with standing_at(settings.SITE_URL), Target(folder).replacement() as draft:
        addresses = [a for a in public_addresses() if a.path.endswith("/")]
        copy = Copy(draft, Place(settings.SITE_URL), _jobs(addresses), lambda: None)
        with closing(copy):
            copy.write_pages([a for a in addresses if a.paper or a.path in ("/", "/papers/")])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
