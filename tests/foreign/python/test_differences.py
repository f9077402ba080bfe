"""What azure-mgmt-machinelearningservices does differently: the claims of docs/other-sdks.md.

Nothing is sent: an adapter below the client answers with prepared JSON and keeps the requests.
"""

import contextlib
import io
import json
import unittest

import requests
from azure.core.pipeline.transport import RequestsTransport
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.machinelearningservices import models as m

from fake_arm import GROUP, SUBSCRIPTION, Credential

WORKSPACE = "workspace"


class Answers(requests.adapters.BaseAdapter):
    """Answers requests with prepared JSON, in order, and keeps the requests."""

    def __init__(self, answers):
        super().__init__()
        self.answers = list(answers)
        self.requests = []

    def send(self, request, **options):
        self.requests.append(request)
        response = requests.Response()
        response.status_code = 200
        response.request = request
        response.url = request.url
        response.headers["Content-Type"] = "application/json"
        response.raw = io.BytesIO(json.dumps(self.answers.pop(0)).encode())
        return response

    def close(self):
        pass


def client_with(*answers, **options):
    """Returns a client that is given the answers, and the list of the requests that it sends."""
    adapter = Answers(answers)
    session = requests.Session()
    session.mount("https://", adapter)
    transport = RequestsTransport(session=session, session_owner=False)
    client = MachineLearningServicesMgmtClient(
        Credential(), SUBSCRIPTION, transport=transport, polling_interval=0, **options
    )
    return client, adapter.requests


class Differences(unittest.TestCase):
    def test_names_are_sent_without_a_check_of_their_pattern(self):
        client, sent = client_with({})
        client.online_endpoints.get(GROUP, WORKSPACE, "not a name!")
        self.assertIn("/onlineEndpoints/not%20a%20name%21?", sent[0].url)

    def test_unknown_members_are_dropped(self):
        got = {"location": "westeurope", "properties": {"friendlyName": "a", "newMember": 1}}
        client, sent = client_with(got, {})
        workspace = client.workspaces.get(GROUP, WORKSPACE)
        client.workspaces.begin_create_or_update(GROUP, WORKSPACE, workspace)
        put = {"location": "westeurope", "properties": {"friendlyName": "a"}}
        self.assertEqual(json.loads(sent[1].body), put)

    def test_unknown_kinds_keep_the_members_of_the_base_only(self):
        got = {"properties": {"computeType": "New", "description": "a", "newMember": 1}}
        client, sent = client_with(got, {})
        compute = client.compute.get(GROUP, WORKSPACE, "compute")
        self.assertIs(type(compute.properties), m.Compute)
        client.compute.begin_create_or_update(GROUP, WORKSPACE, "compute", compute)
        # The discriminator is lost as well.
        self.assertEqual(json.loads(sent[1].body), {"properties": {"description": "a"}})

    def test_keys_are_printed(self):
        client, _ = client_with({"primaryKey": "c2VjcmV0"})
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            print(client.online_endpoints.list_keys(GROUP, WORKSPACE, "endpoint"))
        self.assertIn("c2VjcmV0", printed.getvalue())

    def test_tokens_are_sent_to_the_host_of_any_link(self):
        page = {"value": [], "nextLink": "https://elsewhere.example/page"}
        client, sent = client_with(page, {"value": []})
        list(client.workspaces.list_by_subscription())
        self.assertTrue(sent[1].url.startswith("https://elsewhere.example/page"))
        self.assertEqual(sent[1].headers["Authorization"], "Bearer fake")

    def test_any_api_version_is_sent_with_the_members_of_one(self):
        client, sent = client_with({}, api_version="2016-01-01")
        workspace = m.Workspace(location="westeurope", v1_legacy_mode=True)
        client.workspaces.begin_create_or_update(GROUP, WORKSPACE, workspace)
        self.assertIn("api-version=2016-01-01", sent[0].url)
        self.assertIn("v1LegacyMode", sent[0].body)
