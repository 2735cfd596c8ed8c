from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class HomepageConfig(AppConfig):
    default = True
    name = "homepage"
    verbose_name = "Site"


class HomepageAdminConfig(AdminConfig):
    default = False
    default_site = "homepage.admin_site.HomepageAdminSite"
