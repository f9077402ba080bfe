// @azure/arm-machinelearning against the fake, over http.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";

const endpoint = process.env.ARM_FAKE_HTTP;
const subscription = process.env.ARM_FAKE_SUBSCRIPTION;
const group = "group";
const workspace = "javascript";
const location = "westeurope";
const environmentId = "azureml://registries/azureml/environments/sklearn/versions/1";
const quick = { updateIntervalInMs: 1 };

const credential = {
  getToken: async () => ({ token: "fake", expiresOnTimestamp: Date.now() + 3600e3 }),
};
const client = new AzureMachineLearningWorkspaces(credential, subscription, {
  endpoint,
  allowInsecureConnection: true,
});
// This policy refuses to send tokens without TLS, so none are sent.
client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });

async function names(pages) {
  const all = [];
  for await (const item of pages) {
    all.push(item.name);
  }
  return all.sort();
}

function isGone(promise) {
  return assert.rejects(promise, { statusCode: 404, code: "ResourceNotFound" });
}

before(async () => {
  const parameters = { location, friendlyName: "For JavaScript" };
  await client.workspaces.beginCreateOrUpdateAndWait(group, workspace, parameters, quick);
});

test("workspaces", async () => {
  const { workspaces } = client;
  const got = await workspaces.get(group, workspace);
  assert.equal(got.friendlyName, "For JavaScript");
  assert.ok((await names(workspaces.listByResourceGroup(group))).includes(workspace));
  assert.ok((await names(workspaces.listBySubscription())).includes(workspace));
  const changes = { tags: { a: "b" }, description: "Changed" };
  await workspaces.beginUpdateAndWait(group, workspace, changes, quick);
  assert.equal((await workspaces.get(group, workspace)).description, "Changed");
  assert.ok(await workspaces.listKeys(group, workspace));
  await workspaces.beginResyncKeysAndWait(group, workspace, quick);
  await workspaces.beginCreateOrUpdateAndWait(group, "short-lived-js", { location }, quick);
  await workspaces.beginDeleteAndWait(group, "short-lived-js", quick);
  await isGone(workspaces.get(group, "short-lived-js"));
});

test("computes", async () => {
  const compute = client.computeOperations;
  const at = [group, workspace, "instance"];
  const properties = { computeType: "ComputeInstance", properties: { vmSize: "STANDARD_DS3_V2" } };
  await compute.beginCreateOrUpdateAndWait(...at, { location, properties }, quick);
  assert.equal((await compute.get(...at)).properties.computeType, "ComputeInstance");
  await compute.beginStopAndWait(...at, quick);
  await compute.beginStartAndWait(...at, quick);
  await compute.beginRestartAndWait(...at, quick);
  assert.deepEqual(await names(compute.list(group, workspace)), ["instance"]);
  await compute.beginDeleteAndWait(...at, "Delete", quick);
  await isGone(compute.get(...at));
});

test("datastores", async () => {
  const { datastores } = client;
  const at = [group, workspace, "blobs"];
  const credentials = {
    credentialsType: "AccountKey",
    secrets: { secretsType: "AccountKey", key: "c2VjcmV0" },
  };
  const properties = {
    datastoreType: "AzureBlob",
    accountName: "account",
    containerName: "container",
    credentials,
  };
  await datastores.createOrUpdate(...at, { properties });
  assert.equal((await datastores.get(...at)).properties.containerName, "container");
  assert.equal((await datastores.listSecrets(...at)).secretsType, "AccountKey");
  assert.deepEqual(await names(datastores.list(group, workspace)), ["blobs"]);
  await datastores.delete(...at);
  await isGone(datastores.get(...at));
});

test("jobs", async () => {
  const { jobs } = client;
  const at = [group, workspace, "train"];
  const properties = { jobType: "Command", command: "python train.py", environmentId };
  await jobs.createOrUpdate(...at, { properties });
  assert.equal((await jobs.get(...at)).properties.jobType, "Command");
  assert.deepEqual(await names(jobs.list(group, workspace)), ["train"]);
  await jobs.beginCancelAndWait(...at, quick);
  await jobs.beginDeleteAndWait(...at, quick);
  await isGone(jobs.get(...at));
});

test("models", async () => {
  const { modelContainers, modelVersions } = client;
  const asset = [group, workspace, "model"];
  await modelContainers.createOrUpdate(...asset, { properties: {} });
  const properties = { modelType: "custom_model", modelUri: "azureml://datastores/blobs/paths/m" };
  await modelVersions.createOrUpdate(...asset, "1", { properties });
  assert.equal((await modelVersions.get(...asset, "1")).properties.modelType, "custom_model");
  assert.deepEqual(await names(modelVersions.list(...asset)), ["1"]);
  assert.deepEqual(await names(modelContainers.list(group, workspace)), ["model"]);
  await modelVersions.delete(...asset, "1");
  await modelContainers.delete(...asset);
  await isGone(modelContainers.get(...asset));
});

test("online endpoints", async () => {
  const { onlineEndpoints, onlineDeployments } = client;
  const at = [group, workspace, "javascript-online"];
  const endpoint = { location, properties: { authMode: "Key" } };
  await onlineEndpoints.beginCreateOrUpdateAndWait(...at, endpoint, quick);
  const deployment = {
    location,
    sku: { name: "Default", capacity: 1 },
    properties: { endpointComputeType: "Managed", instanceType: "Standard_DS3_v2", environmentId },
  };
  await onlineDeployments.beginCreateOrUpdateAndWait(...at, "blue", deployment, quick);
  assert.deepEqual(await names(onlineDeployments.list(...at)), ["blue"]);
  const first = await onlineEndpoints.listKeys(...at);
  await onlineEndpoints.beginRegenerateKeysAndWait(...at, { keyType: "Primary" }, quick);
  const second = await onlineEndpoints.listKeys(...at);
  assert.notEqual(first.primaryKey, second.primaryKey);
  await onlineDeployments.beginDeleteAndWait(...at, "blue", quick);
  await onlineEndpoints.beginDeleteAndWait(...at, quick);
  await isGone(onlineEndpoints.get(...at));
});
