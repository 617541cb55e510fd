"""What the database itself refuses: a step of the history that is changed or deleted."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION commerce_orders_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps of orders are append-only: what happened stays told'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'orders_event_append_only';
END $$;
CREATE TRIGGER orders_event_append_only BEFORE UPDATE OR DELETE ON commerce_orders_orderevent
    FOR EACH ROW EXECUTE FUNCTION commerce_orders_append_only();
"""
BACKWARD = """
DROP TRIGGER orders_event_append_only ON commerce_orders_orderevent;
DROP FUNCTION commerce_orders_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("commerce_orders", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
