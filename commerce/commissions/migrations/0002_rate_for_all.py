from django.db import migrations

RATE = 1000  # basis points


def start_rate_for_all(apps, schema_editor) -> None:
    """There is always a rate for all; operators start another in its place."""
    plan = apps.get_model("commerce_commissions", "Plan")
    if not plan.objects.filter(product=None, category=None, vendor=None).exists():
        plan.objects.create(rate=RATE)


class Migration(migrations.Migration):
    dependencies = [("commerce_commissions", "0001_initial")]

    operations = [migrations.RunPython(start_rate_for_all, migrations.RunPython.noop)]
