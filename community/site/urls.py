from django.urls import path

from community.site import views

urlpatterns = [
    path("site/logo/<slug:mark>.png", views.logo, name="site_logo"),
    path("kit/", views.kit, name="site_kit"),
    path("csrf/", views.csrf, name="site_csrf"),
    path("language/", views.language, name="site_language"),
    path("cookies/", views.cookies, name="site_cookies"),
    path("terms/", views.terms, name="site_terms"),
    path("privacy/", views.privacy, name="site_privacy"),
    path("offline/", views.offline, name="site_offline"),
    path("sw.js", views.service_worker, name="site_service_worker"),
    path("manifest.webmanifest", views.manifest, name="site_manifest"),
]
