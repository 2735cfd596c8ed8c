"""Which uploaded files visitors may have."""

from django.db.models import Q

from .models import Publication


def is_hidden_file(name: str) -> bool:
    """Return whether the file is one of papers of which none is public."""
    papers = Publication.objects.filter(Q(pdf=name) | Q(image=name) | Q(links__file=name))
    return papers.exists() and not papers.public().exists()
