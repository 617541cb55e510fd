"""Every route. Each app's own are in its urls.py and api.py (config/routes.py collects them)."""

from django.contrib import admin
from django.urls import include, path
from django.utils.module_loading import autodiscover_modules
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny

from commerce.vendors.desk import desk_site
from config import operators
from config.routes import wing_urls

autodiscover_modules("desk")
operators.arrange(admin.site)

urlpatterns = [
    *wing_urls("urls"),
    path(
        "api/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api_schema", permission_classes=[AllowAny]),
        name="api_docs",
    ),
    path("api/v1/", include("config.api")),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("community.members.app_reset")),
    path("_allauth/", include("allauth.headless.urls")),
    path("oauth/", include("config.oauth")),
    path("admin/", admin.site.urls),
    path("desk/", desk_site.urls),
    path("", include("config.pages")),
]
handler400 = "config.pages.bad_request"
handler403 = "config.pages.forbidden"
handler404 = "config.pages.not_found"
handler500 = "config.pages.server_error"
