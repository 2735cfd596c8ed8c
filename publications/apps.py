from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = "Publications"

    def ready(self):
        from homepage.common import history

        from . import renaming
        from .models import Author, Category, Publication, Topic, Venue

        renaming.watch()
        history.register(
            Publication,
            parts=["authorships", "links"],
            keeps=["version"],
            made=["search_text"],
            yields=["citation_key", "uid"],
        )
        history.register(Author, yields=["orcid", "is_owner"])
        history.register(Category, keeps=["imported"])
        history.register(Topic, same_by=["name"])
        history.register(Venue, same_by=["name", "acronym"])
