"""`manage.py check --deploy` and the start say how payments stand."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as site

from commerce.payments.checks import providers_are_meant


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, ["payments.I001"]),
        ({"PAYMENT_PROVIDERS": ["sandbox"]}, ["payments.W001"]),
        ({"STRIPE_SECRET_KEY": "sk"}, ["payments.W002"]),
        ({"STRIPE_SECRET_KEY": "sk", "STRIPE_WEBHOOK_SECRET": "whsec"}, []),
    ],
)
def test_what_a_deployment_is_told(settings, said, found):
    for name, value in said.items():
        setattr(settings, name, value)
    assert [message.id for message in providers_are_meant(None)] == found


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"PAYMENT_PROVIDERS": "sandbox, cash"}, "PAYMENT_PROVIDERS names 'cash'"),
        ({"PAYMENT_PROVIDERS": "stripe"}, "set STRIPE_SECRET_KEY too"),
        ({"SANDBOX_URL": "http://127.0.0.1:9"}, "set SANDBOX_SECRET"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_says_how_to_mend_it(said, sentence):
    own = {**os.environ, **said, "DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "-c", "import config.settings"]
    done = subprocess.run(command, cwd=site.BASE_DIR, env=own, capture_output=True, text=True, check=False)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
