// What @azure/arm-machinelearning does differently: the claims of docs/other-sdks.md.
//
// Nothing is sent: an HTTP client below the client answers with prepared JSON and keeps the
// requests.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { createHttpHeaders } from "@azure/core-rest-pipeline";

const group = "group";
const workspace = "workspace";

function clientWith(answers, options = {}) {
  const sent = [];
  const httpClient = {
    async sendRequest(request) {
      sent.push(request);
      const headers = createHttpHeaders({ "content-type": "application/json" });
      const bodyAsText = JSON.stringify(answers.shift());
      return { request, status: 200, headers, bodyAsText };
    },
  };
  const credential = {
    getToken: async () => ({ token: "fake", expiresOnTimestamp: Date.now() + 3600e3 }),
  };
  const settings = { httpClient, ...options };
  return { client: new AzureMachineLearningWorkspaces(credential, "subscription", settings), sent };
}

test("names are sent without a check of their pattern", async () => {
  const { client, sent } = clientWith([{}]);
  await client.onlineEndpoints.get(group, workspace, "not a name!");
  assert.match(sent[0].url, /\/onlineEndpoints\/not%20a%20name!\?/);
});

test("unknown members are read, but not sent back", async () => {
  const got = { location: "westeurope", properties: { friendlyName: "a" }, newMember: 1 };
  const { client, sent } = clientWith([got, {}]);
  const read = await client.workspaces.get(group, workspace);
  assert.equal(read.newMember, 1);
  await client.workspaces.beginCreateOrUpdate(group, workspace, read);
  const put = JSON.parse(sent[1].body);
  assert.equal(put.properties.friendlyName, "a");
  assert.ok(!("newMember" in put));
});

test("unknown kinds keep the members of the base only when they are sent back", async () => {
  const got = { properties: { computeType: "New", description: "a", newMember: 1 } };
  const { client, sent } = clientWith([got, {}]);
  const read = await client.computeOperations.get(group, workspace, "compute");
  await client.computeOperations.beginCreateOrUpdate(group, workspace, "compute", read);
  const put = { properties: { computeType: "New", description: "a" } };
  assert.deepEqual(JSON.parse(sent[1].body), put);
});

test("keys are printed", async () => {
  const { client } = clientWith([{ primaryKey: "c2VjcmV0" }]);
  const keys = await client.onlineEndpoints.listKeys(group, workspace, "endpoint");
  assert.match(inspect(keys), /c2VjcmV0/);
});

test("tokens are sent to the host of any link", async () => {
  const page = { value: [], nextLink: "https://elsewhere.example/page" };
  const { client, sent } = clientWith([page, { value: [] }]);
  for await (const _ of client.workspaces.listBySubscription());
  assert.ok(sent[1].url.startsWith("https://elsewhere.example/page"));
  assert.equal(sent[1].headers.get("authorization"), "Bearer fake");
});

test("any API version is sent with the members of one", async () => {
  const { client, sent } = clientWith([{}], { apiVersion: "2016-01-01" });
  const parameters = { location: "westeurope", v1LegacyMode: true };
  await client.workspaces.beginCreateOrUpdate(group, workspace, parameters);
  assert.match(sent[0].url, /api-version=2016-01-01/);
  assert.match(sent[0].body, /v1LegacyMode/);
});
