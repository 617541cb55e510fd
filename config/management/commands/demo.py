"""Load the demo community: people, boards, subjects, reviews and what they say."""

from typing import Any

from django.core.management.base import BaseCommand

from community.site import present, setting_up
from config.demo.loading import DemoCommunity


class Command(BaseCommand):
    help = "Load the demo community into an empty site. Its two accounts have passwords that everybody knows."

    def handle(self, *args: Any, **options: Any) -> None:
        present.forget()  # ask the row, not what was remembered of it
        if present.site().demo_is_loaded:
            self.stdout.write("The demo community is here already.")
            return
        DemoCommunity().load()
        setting_up.note_demo()
        self.stdout.write("The demo community is loaded.")
