"""What the database itself refuses (rule 2.6): changed or deleted entries, transactions that do not sum to zero, lots
that do not follow from their uses, accounts that become another's."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION commerce_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: post a transaction that reverses it', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_append_only';
END $$;
CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE ON commerce_ledger_transaction
    FOR EACH ROW EXECUTE FUNCTION commerce_ledger_append_only();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON commerce_ledger_entry
    FOR EACH ROW EXECUTE FUNCTION commerce_ledger_append_only();
CREATE TRIGGER ledger_account_stays_what_it_is BEFORE UPDATE OF id, member_id, team_id, kind, unit ON commerce_ledger_account
    FOR EACH ROW WHEN ((OLD.id, OLD.member_id, OLD.team_id, OLD.kind, OLD.unit)
        IS DISTINCT FROM (NEW.id, NEW.member_id, NEW.team_id, NEW.kind, NEW.unit))
    EXECUTE FUNCTION commerce_ledger_append_only();

CREATE FUNCTION commerce_ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    posted uuid := CASE TG_TABLE_NAME WHEN 'commerce_ledger_entry' THEN (to_jsonb(NEW)->>'transaction_id')::uuid
                   ELSE (to_jsonb(NEW)->>'id')::uuid END;
BEGIN
    IF NOT EXISTS (SELECT FROM commerce_ledger_entry WHERE transaction_id = posted) THEN
        RAISE EXCEPTION 'transaction % has no entries', posted
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_transaction_sums_to_zero';
    END IF;
    IF EXISTS (
        SELECT FROM commerce_ledger_entry e JOIN commerce_ledger_account a ON a.id = e.account_id
        WHERE e.transaction_id = posted GROUP BY a.unit HAVING sum(e.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'the legs of transaction % do not sum to zero', posted
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_transaction_sums_to_zero';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_transaction_sums_to_zero AFTER INSERT ON commerce_ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commerce_ledger_sums_to_zero();
CREATE CONSTRAINT TRIGGER ledger_entries_sum_to_zero AFTER INSERT ON commerce_ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commerce_ledger_sums_to_zero();

CREATE FUNCTION commerce_ledger_lot_follows_uses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched uuid := CASE TG_TABLE_NAME WHEN 'commerce_ledger_lotuse' THEN (to_jsonb(NEW)->>'lot_id')::uuid
                    ELSE (to_jsonb(NEW)->>'id')::uuid END;
BEGIN
    IF EXISTS (
        SELECT FROM commerce_ledger_lot l WHERE l.id = touched AND l.remaining <> l.amount
            - coalesce((SELECT sum(u.amount - u.returned) FROM commerce_ledger_lotuse u WHERE u.lot_id = l.id), 0)
    ) THEN
        RAISE EXCEPTION 'what remains of lot % is not its amount less its uses', touched
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_lot_follows_uses';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_lot_follows_uses AFTER INSERT OR UPDATE ON commerce_ledger_lot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commerce_ledger_lot_follows_uses();
CREATE CONSTRAINT TRIGGER ledger_use_follows_lot AFTER INSERT OR UPDATE ON commerce_ledger_lotuse
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commerce_ledger_lot_follows_uses();
CREATE TRIGGER ledger_lot_never_deleted BEFORE DELETE ON commerce_ledger_lot
    FOR EACH ROW EXECUTE FUNCTION commerce_ledger_append_only();
CREATE TRIGGER ledger_use_never_deleted BEFORE DELETE ON commerce_ledger_lotuse
    FOR EACH ROW EXECUTE FUNCTION commerce_ledger_append_only();
"""
BACKWARD = """
DROP TRIGGER ledger_use_never_deleted ON commerce_ledger_lotuse;
DROP TRIGGER ledger_lot_never_deleted ON commerce_ledger_lot;
DROP TRIGGER ledger_use_follows_lot ON commerce_ledger_lotuse;
DROP TRIGGER ledger_lot_follows_uses ON commerce_ledger_lot;
DROP TRIGGER ledger_entries_sum_to_zero ON commerce_ledger_entry;
DROP TRIGGER ledger_transaction_sums_to_zero ON commerce_ledger_transaction;
DROP TRIGGER ledger_account_stays_what_it_is ON commerce_ledger_account;
DROP TRIGGER ledger_entry_append_only ON commerce_ledger_entry;
DROP TRIGGER ledger_transaction_append_only ON commerce_ledger_transaction;
DROP FUNCTION commerce_ledger_lot_follows_uses();
DROP FUNCTION commerce_ledger_sums_to_zero();
DROP FUNCTION commerce_ledger_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("commerce_ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
