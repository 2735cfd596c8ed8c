from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"
    verbose_name = "Profile"

    def ready(self):
        from homepage.common import history

        from .models import NewsItem, Profile

        history.register(Profile, parts=["links"], keeps=["imported"])
        history.register(NewsItem, keeps=["imported"], yields=["uid"])
