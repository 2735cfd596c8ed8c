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
            Publication, parts=["authorships", "links"], keeps=["search_text", "version"]
        )
        history.register(Category, keeps=["imported"])
        for model in (Author, Topic, Venue):
            history.register(model)
