from django.db import migrations, models

import community.foundation.ids


class Migration(migrations.Migration):
    """Claims of phased requests. Replies that were stored before get a claim of their own, which nobody asks for."""

    dependencies = [("community_idempotency", "0001_initial")]
    operations = [
        migrations.AddField(
            "storedreply", "claim", models.UUIDField(default=community.foundation.ids.uuid7, editable=False, null=True)
        ),
        migrations.RunSQL("UPDATE community_idempotency_storedreply SET claim = gen_random_uuid()", "SELECT 1"),
        migrations.AlterField(
            "storedreply",
            "claim",
            models.UUIDField(default=community.foundation.ids.uuid7, editable=False, unique=True),
        ),
        migrations.AddField(
            "storedreply", "running_since", models.DateTimeField(null=True, verbose_name="running since")
        ),
        migrations.AlterField(
            "storedreply", "status", models.PositiveSmallIntegerField(null=True, verbose_name="status")
        ),
        migrations.AlterField("storedreply", "content", models.BinaryField(default=b"", verbose_name="reply")),
        migrations.AddConstraint(
            "storedreply",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("running_since__isnull", False), ("status", None)),
                    models.Q(("running_since", None), ("status__isnull", False)),
                    _connector="OR",
                ),
                name="idempotency_runs_or_has_ended",
            ),
        ),
    ]
