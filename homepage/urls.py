from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("publications/", include("publications.urls")),
    path("admin/", admin.site.urls),
    path("<slug:slug>/", views.SectionView.as_view(), name="section"),
]
