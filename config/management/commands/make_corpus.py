"""`manage.py make_corpus`: a made community of a given size, for benchmarks."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from config.corpus import storing


class Command(BaseCommand):
    help = "Make boards, topics, posts and members in Korean and English, as unevenly worded as people's. Same seed, same corpus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--boards", type=int, default=20)
        parser.add_argument("--topics", type=int, default=20_000)
        parser.add_argument("--posts", type=int, default=200_000, help="of all topics together")
        parser.add_argument("--members", type=int, default=5_000)
        parser.add_argument("--big-topic", type=int, default=1_000, help="posts of the one big topic")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = {name: options[name] for name in ("boards", "topics", "posts", "members", "big_topic", "seed")}
        if min(numbers.values()) < 1:
            raise CommandError("Every number must be at least 1.", returncode=2)
        began = time.monotonic()
        with tqdm(total=numbers["posts"], unit=" posts", disable=None) as bar:
            try:
                storing.make(**numbers, told=lambda done, _every: bar.update(done - bar.n))
            except storing.AlreadyMade:
                self.stdout.write(f"The corpus of seed {numbers['seed']} is there already.")
                return
            except ValueError as error:
                raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"Made {numbers['posts']} posts in {numbers['topics']} topics on {numbers['boards']} boards "
            f"by {numbers['members']} members in {time.monotonic() - began:.0f} s."
        )
