from django.apps import AppConfig


class IdempotencyConfig(AppConfig):
    """Idempotency-Key on every POST of the REST interface."""

    name = "community.idempotency"
    label = "community_idempotency"

    def ready(self) -> None:
        from community.foundation import rest
        from community.idempotency.replaying import replayed

        if replayed not in rest.around_post:
            rest.around_post.append(replayed)
