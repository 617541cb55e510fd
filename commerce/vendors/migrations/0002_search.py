import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commerce_vendors", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="vendor",
            name="search",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="vendor",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="vendors_search"),
        ),
    ]
