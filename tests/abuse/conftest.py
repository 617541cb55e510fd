"""The mail server of the letters' tests, for cases that reach a mailbox."""

from tests.community.notifications.conftest import server as server
