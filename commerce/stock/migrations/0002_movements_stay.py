"""What the database itself refuses: a movement that is changed or deleted. Who made it may be forgotten with the member."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION commerce_stock_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'movements are append-only: add one that makes up for it'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'stock_movement_append_only';
END $$;
CREATE TRIGGER stock_movement_append_only BEFORE UPDATE OR DELETE ON commerce_stock_movement
    FOR EACH ROW EXECUTE FUNCTION commerce_stock_append_only();
"""
BACKWARD = """
DROP TRIGGER stock_movement_append_only ON commerce_stock_movement;
DROP FUNCTION commerce_stock_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("commerce_stock", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
