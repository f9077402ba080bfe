"""azure-ai-ml, which `az ml` is built on, against the fake over https.

Nothing of it is changed but the endpoints of its cloud and the credential. What is uploaded to a
storage account is out of the reach of the fake, so assets have paths in a datastore.
"""

import unittest

from azure.ai.ml import Input, MLClient, command, dsl
from azure.ai.ml import entities as e
from azure.ai.ml.constants import AssetTypes, TimeZone
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.machinelearningservices import models as m

from fake_arm import GROUP, HTTPS, REGION, SUBSCRIPTION, TENANT, Credential, plain_http

WORKSPACE = "for-azure-ai-ml"
DATASTORE = "azureml://datastores/blobs/paths/"

CLOUD = {
    "azure_portal": HTTPS,
    "resource_manager": HTTPS,
    "active_directory": HTTPS,
    "aml_resource_id": HTTPS,
    "storage_endpoint": "core.windows.net",
    "registry_discovery_endpoint": HTTPS,
}


def names(items):
    return sorted(item.name for item in items)


def create_workspace(name):
    """azure-ai-ml creates workspaces by template deployments, which are another provider's."""
    with MachineLearningServicesMgmtClient(Credential(), SUBSCRIPTION, **plain_http()) as arm:
        arm.workspaces.begin_create_or_update(
            GROUP, name, m.Workspace(location=REGION, friendly_name="For azure-ai-ml")
        ).result()


def datastore(name):
    return e.AzureBlobDatastore(
        name=name,
        account_name="account",
        container_name="container",
        credentials=e.AccountKeyConfiguration(account_key="c2VjcmV0"),
    )


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        create_workspace(WORKSPACE)
        credential = ClientSecretCredential(
            TENANT, "fake", "fake", authority=HTTPS, disable_instance_discovery=True
        )
        cls.ml = MLClient(
            credential,
            SUBSCRIPTION,
            GROUP,
            WORKSPACE,
            cloud="fake",
            cloud_metadata=CLOUD,
            polling_interval=0,
            show_progress=False,
            enable_telemetry=False,
        )
        cls.ml.datastores.create_or_update(datastore("blobs"))

    def assert_gone(self, call, *names):
        with self.assertRaises(ResourceNotFoundError):
            call(*names)


class Workspaces(Case):
    def test_get_and_list(self):
        workspace = self.ml.workspaces.get(WORKSPACE)
        self.assertEqual(workspace.display_name, "For azure-ai-ml")
        self.assertEqual(workspace.location, REGION)
        self.assertIn(WORKSPACE, names(self.ml.workspaces.list()))

    def test_update(self):
        workspace = self.ml.workspaces.get(WORKSPACE)
        workspace.description = "Changed"
        workspace.tags = {"a": "b"}
        self.ml.workspaces.begin_update(workspace).result()
        self.assertEqual(self.ml.workspaces.get(WORKSPACE).description, "Changed")

    def test_keys(self):
        self.assertIsNotNone(self.ml.workspaces.get_keys(WORKSPACE))
        self.ml.workspaces.begin_sync_keys(WORKSPACE).result()

    def test_outbound_rules(self):
        of = self.ml.workspace_outbound_rules
        rule = e.FqdnDestination(name="example", destination="example.org")
        of.begin_create(WORKSPACE, rule).result()
        self.assertEqual(of.get(WORKSPACE, "example").destination, "example.org")
        self.assertIn("example", names(of.list(WORKSPACE)))
        of.begin_remove(WORKSPACE, "example").result()
        self.assert_gone(of.get, WORKSPACE, "example")

    def test_delete(self):
        create_workspace("short-lived-ml")
        self.ml.workspaces.begin_delete("short-lived-ml", delete_dependent_resources=False).result()
        self.assert_gone(self.ml.workspaces.get, "short-lived-ml")

    def test_diagnose(self):
        self.ml.workspaces.begin_diagnose(WORKSPACE).result()


class Connections(Case):
    def test_connection(self):
        connection = e.WorkspaceConnection(
            name="git",
            type="git",
            target="https://example.org",
            credentials=e.PatTokenConfiguration(pat="secret"),
        )
        self.ml.connections.create_or_update(connection)
        self.assertEqual(self.ml.connections.get("git").target, "https://example.org")
        self.assertIn("git", names(self.ml.connections.list()))
        self.ml.connections.delete("git")
        self.assert_gone(self.ml.connections.get, "git")


class Computes(Case):
    def test_cluster(self):
        of = self.ml.compute
        of.begin_create_or_update(
            e.AmlCompute(name="cluster", size="STANDARD_D2_V2", min_instances=0, max_instances=2)
        ).result()
        cluster = of.get("cluster")
        self.assertIsInstance(cluster, e.AmlCompute)
        self.assertEqual(cluster.max_instances, 2)
        cluster.max_instances = 4
        of.begin_update(cluster).result()
        self.assertEqual(of.get("cluster").max_instances, 4)
        list(of.list_nodes("cluster"))
        self.assertIn("cluster", names(of.list()))
        of.begin_delete("cluster").result()
        self.assert_gone(of.get, "cluster")

    def test_instance(self):
        of = self.ml.compute
        of.begin_create_or_update(
            e.ComputeInstance(name="instance", size="STANDARD_DS3_V2")
        ).result()
        of.begin_stop("instance").result()
        of.begin_start("instance").result()
        of.begin_restart("instance").result()
        self.assertIsInstance(of.get("instance"), e.ComputeInstance)

    def test_what_a_region_offers(self):
        self.assertTrue(list(self.ml.compute.list_sizes(location=REGION)))
        self.assertTrue(list(self.ml.compute.list_usage(location=REGION)))


class Datastores(Case):
    def test_datastore(self):
        of = self.ml.datastores
        of.create_or_update(datastore("more"))
        self.assertEqual(of.get("more").container_name, "container")
        self.assertIsNotNone(of.get("more", include_secrets=True).credentials)
        self.assertEqual(names(of.list()), ["blobs", "more"])
        of.delete("more")
        self.assert_gone(of.get, "more")


class Assets(Case):
    def test_data(self):
        of = self.ml.data
        of.create_or_update(
            e.Data(name="data", version="1", type=AssetTypes.URI_FOLDER, path=DATASTORE + "data")
        )
        data = of.get("data", "1")
        self.assertTrue(data.path.endswith("data"))
        self.assertIn("data", names(of.list()))
        self.assertEqual([one.version for one in of.list("data")], ["1"])
        of.archive("data", "1")
        of.restore("data", "1")

    def test_model(self):
        of = self.ml.models
        of.create_or_update(
            e.Model(
                name="model",
                version="1",
                type=AssetTypes.CUSTOM_MODEL,
                path=DATASTORE + "model",
                description="Before",
            )
        )
        self.assertEqual(of.get("model", "1").type, AssetTypes.CUSTOM_MODEL)
        self.assertIn("model", names(of.list()))
        of.archive("model")
        of.restore("model")

    def test_environment(self):
        of = self.ml.environments
        of.create_or_update(
            e.Environment(name="environment", version="1", image="mcr.microsoft.com/azureml/base")
        )
        self.assertEqual(of.get("environment", "1").image, "mcr.microsoft.com/azureml/base")
        self.assertIn("environment", names(of.list()))
        of.archive("environment")
        of.restore("environment")

    def test_component(self):
        of = self.ml.components
        of.create_or_update(component("component"))
        self.assertEqual(of.get("component", "1").type, "command")
        self.assertIn("component", names(of.list()))
        of.archive("component")
        of.restore("component")


def component(name):
    return e.CommandComponent(
        name=name,
        version="1",
        command="echo ${{inputs.text}}",
        environment="azureml://registries/azureml/environments/sklearn/versions/1",
        inputs={"text": Input(type="string")},
    )


def job(name):
    return command(
        name=name,
        command="python train.py",
        environment=e.Environment(image="mcr.microsoft.com/azureml/base"),
        display_name="Train",
    )


@dsl.pipeline(default_compute="serverless")
def pipeline():
    step = component("step")(text="hello")
    step.name = "step"


class Jobs(Case):
    def test_command(self):
        of = self.ml.jobs
        of.create_or_update(job("train"))
        self.assertEqual(of.get("train").display_name, "Train")
        self.assertIn("train", names(of.list()))
        of.archive("train")
        of.restore("train")
        of.begin_cancel("train").result()
        of.begin_delete("train").result()
        self.assert_gone(of.get, "train")

    def test_pipeline(self):
        made = self.ml.jobs.create_or_update(pipeline())
        self.assertEqual(made.type, "pipeline")
        self.assertEqual(self.ml.jobs.get(made.name).jobs.keys(), {"step"})

    def test_schedule(self):
        of = self.ml.schedules
        schedule = e.JobSchedule(
            name="nightly",
            trigger=e.CronTrigger(expression="0 3 * * *", time_zone=TimeZone.UTC),
            create_job=pipeline(),
        )
        of.begin_create_or_update(schedule).result()
        self.assertEqual(of.get("nightly").trigger.expression, "0 3 * * *")
        self.assertIn("nightly", names(of.list()))
        of.begin_disable("nightly").result()
        self.assertFalse(of.get("nightly").is_enabled)
        of.begin_enable("nightly").result()
        self.assertTrue(of.get("nightly").is_enabled)
        of.begin_disable("nightly").result()
        of.begin_delete("nightly").result()
        self.assert_gone(of.get, "nightly")


class OnlineEndpoints(Case):
    def test_endpoint_and_deployment(self):
        endpoints, deployments = self.ml.online_endpoints, self.ml.online_deployments
        endpoint = e.ManagedOnlineEndpoint(name="ml-online", auth_mode="key")
        endpoints.begin_create_or_update(endpoint).result()
        blue = e.ManagedOnlineDeployment(
            name="blue",
            endpoint_name="ml-online",
            model=e.Model(name="online-model", version="1", path=DATASTORE + "model"),
            environment=e.Environment(image="mcr.microsoft.com/azureml/base"),
            instance_type="Standard_DS3_v2",
            instance_count=1,
        )
        deployments.begin_create_or_update(blue).result()
        self.assertEqual(deployments.get("blue", "ml-online").instance_type, "Standard_DS3_v2")
        self.assertEqual(names(deployments.list("ml-online")), ["blue"])
        self.assertIsNotNone(deployments.get_logs("blue", "ml-online", 10))
        self.traffic(endpoints)
        deployments.begin_delete("blue", "ml-online").result()
        endpoints.begin_delete("ml-online").result()
        self.assert_gone(endpoints.get, "ml-online")

    def traffic(self, of):
        endpoint = of.get("ml-online")
        for percent in (100, 0):
            endpoint.traffic = {"blue": percent}
            of.begin_create_or_update(endpoint).result()
            self.assertEqual(of.get("ml-online").traffic, {"blue": percent})
        # It sends the key along that there is, so that stays.
        before = of.get_keys("ml-online")
        of.begin_regenerate_keys("ml-online", key_type="primary").result()
        self.assertEqual(before.primary_key, of.get_keys("ml-online").primary_key)
        self.assertIn("ml-online", names(of.list()))


class BatchEndpoints(Case):
    def test_endpoint_and_deployment(self):
        endpoints, deployments = self.ml.batch_endpoints, self.ml.batch_deployments
        endpoints.begin_create_or_update(e.BatchEndpoint(name="ml-batch")).result()
        self.ml.compute.begin_create_or_update(
            e.AmlCompute(name="batch", size="STANDARD_D2_V2", max_instances=2)
        ).result()
        blue = e.ModelBatchDeployment(
            name="blue",
            endpoint_name="ml-batch",
            model=e.Model(name="batch-model", version="1", path=DATASTORE + "model"),
            environment=e.Environment(image="mcr.microsoft.com/azureml/base"),
            compute="batch",
            settings=e.ModelBatchDeploymentSettings(instance_count=1, mini_batch_size=10),
        )
        deployments.begin_create_or_update(blue).result()
        self.assertEqual(deployments.get("blue", "ml-batch").name, "blue")
        self.assertEqual(names(deployments.list("ml-batch")), ["blue"])
        self.assertIn("ml-batch", names(endpoints.list()))
        deployments.begin_delete("blue", "ml-batch").result()
        endpoints.begin_delete("ml-batch").result()
        self.assert_gone(endpoints.get, "ml-batch")


class Registries(Case):
    def test_registry(self):
        of = self.ml.registries
        storage = e.SystemCreatedStorageAccount(
            storage_account_hns=False, storage_account_type="standard_lrs"
        )
        details = e.RegistryRegionDetails(
            location=REGION,
            acr_config=[e.SystemCreatedAcrAccount(acr_account_sku="Premium")],
            storage_config=storage,
        )
        of.begin_create(
            e.Registry(name="ml-registry", location=REGION, replication_locations=[details])
        ).result()
        self.assertEqual(of.get("ml-registry").location, REGION)
        self.assertIn("ml-registry", names(of.list()))
        of.begin_delete(name="ml-registry").result()
        self.assert_gone(of.get, "ml-registry")


class Errors(Case):
    def test_what_is_refused(self):
        with self.assertRaises(ResourceNotFoundError) as met:
            self.ml.jobs.get("nowhere")
        self.assertIn("nowhere", str(met.exception))
        with self.assertRaises(HttpResponseError):
            self.ml.workspaces.get("nowhere")


if __name__ == "__main__":
    unittest.main()
