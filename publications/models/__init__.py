from .authors import Author
from .catalogue import Category, Topic, Venue
from .imports import ImportRun, Source
from .publications import Authorship, Kind, Publication, PublicationLink, Status, Visibility

__all__ = [
    "Author",
    "Authorship",
    "Category",
    "ImportRun",
    "Kind",
    "Publication",
    "PublicationLink",
    "Source",
    "Status",
    "Topic",
    "Venue",
    "Visibility",
]
