"""Where the fake listens, and what the tests of all clients use."""

import os
import time

from azure.core.credentials import AccessToken
from azure.core.pipeline.policies import SansIOHTTPPolicy

HTTP = os.environ["ARM_FAKE_HTTP"]
HTTPS = os.environ["ARM_FAKE_HTTPS"]
SUBSCRIPTION = os.environ["ARM_FAKE_SUBSCRIPTION"]
TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee"
GROUP = "group"
REGION = "westeurope"


class Credential:
    """A credential whose tokens nobody checks."""

    def get_token(self, *scopes, **options):
        return AccessToken("fake", int(time.time()) + 3600)


def plain_http():
    """Options of an azure-mgmt client that lead it to the fake over http.

    The client's own policy refuses to send tokens without TLS, so none are sent.
    """
    return {
        "base_url": HTTP,
        "credential_scopes": [HTTP + "/.default"],
        "authentication_policy": SansIOHTTPPolicy(),
        "polling_interval": 0,
    }
