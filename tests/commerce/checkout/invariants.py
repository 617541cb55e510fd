"""What must hold of purchases and their money after every test (rules 2.4, 2.6)."""

from django.db import connection

# A purchase is paid exactly where its orders came to something; every paid order has its sale on the books, and what the
# books say of it is what was sold less what went back.
_PAID = """
SELECT p.number, p.payment FROM commerce_orders_purchase p
WHERE (p.paid_at IS NOT NULL) <> EXISTS (
    SELECT FROM commerce_orders_order o WHERE o.purchase_id = p.id AND o.state NOT IN ('draft', 'expired'))"""
_CAPTURED = """
SELECT p.number, p.payment FROM commerce_orders_purchase p
JOIN commerce_payments_attempt a ON a.purchase_id = p.id AND a.captured > 0
WHERE p.paid_at IS NULL AND a.refunded < a.captured"""
_HELD = """
SELECT p.number, h.state FROM commerce_orders_purchase p
JOIN commerce_stock_hold h ON h.source_kind = 'purchase' AND h.source_id = p.id
WHERE p.payment IN ('failed', 'voided') AND h.state = 'held'"""


def violations() -> list[str]:
    found = []
    for name, statement in (("paid without orders", _PAID), ("money kept", _CAPTURED), ("held for ever", _HELD)):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            found += [f"{name}: {number} ({state})" for number, state in cursor.fetchall()]
    return found
