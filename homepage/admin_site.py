from django.contrib import admin


class HomepageAdminSite(admin.AdminSite):
    site_header = "Homepage"
    site_title = "Homepage"
    index_title = "Edit your site"
