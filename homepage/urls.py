from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from . import feeds, health, media, uploads, views

handler400 = views.bad_request
handler500 = views.server_error

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("news/", views.NewsView.as_view(), name="news"),
    path("news.atom", feeds.NewsFeedView.as_view(), name="news-feed"),
    path("feed.atom", feeds.SiteFeedView.as_view(), name="feed"),
    path("favicon.svg", views.FaviconView.as_view(), name="favicon"),
    path("favicon.ico", RedirectView.as_view(pattern_name="favicon", permanent=True)),
    path("robots.txt", views.RobotsView.as_view(), name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("sitemap.xml", views.SitemapView.as_view(), name="sitemap"),
    path("", include("publications.urls")),
    path("publications/<slug:slug>/paper.pdf", media.paper, name="paper"),
    path("media/<path:path>", media.media, name="media"),
    path("admin/markdown/preview/", uploads.preview, name="markdown-preview"),
    path("admin/markdown/upload/", uploads.upload, name="markdown-upload"),
    path("admin/", admin.site.urls),
    path("<slug:slug>/", views.SectionView.as_view(), name="section"),
]
