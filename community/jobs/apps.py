from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Recurring jobs: schedules in the database, one run at a time, progress and results kept."""

    name = "community.jobs"
    label = "community_jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from django.utils.module_loading import autodiscover_modules

        from community.jobs.schedules import plan_missing

        autodiscover_modules("tasks")
        post_migrate.connect(plan_missing, dispatch_uid="community_jobs.plan_missing")
