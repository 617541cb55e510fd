"""The accounts of the demo community, with passwords that everybody knows: made only where a demo is asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoAccount:
    role: str
    email: str
    username: str
    password: str
    is_operator: bool = False


MEMBER = DemoAccount("member", "mina@example.com", "mina", "a-bench-in-the-sun")
OPERATOR = DemoAccount("operator", "operator@example.com", "keeper", "the-gate-stays-open", is_operator=True)
VENDOR = DemoAccount("vendor", "vendor@example.com", "eunji", "lamps-of-paper-glow")
ACCOUNTS = (MEMBER, VENDOR, OPERATOR)
