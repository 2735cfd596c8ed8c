"""Which uploaded files visitors may have."""

from django.db.models import Q

from .models import Publication


def is_hidden_file(name: str) -> bool:
    """Return whether the file is one of papers of which none is public."""
    papers = Publication.objects.filter(Q(pdf=name) | Q(image=name) | Q(links__file=name))
    return papers.exists() and not papers.public().exists()


def hidden_files() -> set[str]:
    """Return the names of all files that `is_hidden_file` is true of, in two queries."""
    papers = Publication.objects.all()
    return _names(papers) - _names(papers.public())


def _names(papers) -> set[str]:
    found = papers.values_list("pdf", "image", "links__file")
    return {name for names in found for name in names if name}
