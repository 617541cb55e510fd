"""A root category for each kind, so that members of a fresh site can enter subjects."""

import uuid

from django.db import migrations

ROOTS = [
    ("goods", "Goods", "물건"),
    ("brands", "Brands", "브랜드"),
    ("places", "Places", "장소"),
    ("works", "Works", "작품"),
]


def plant(apps, schema_editor):
    category = apps.get_model("community_subjects", "Category")
    for position, (slug, name, name_ko) in enumerate(ROOTS):
        category.objects.get_or_create(
            slug=slug,
            defaults={
                "id": uuid.uuid4(),
                "name": name,
                "name_ko": name_ko,
                "path": f"{slug}/",
                "position": position,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("community_subjects", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
