"""azure-mgmt-machinelearningservices against the fake, over http: every operation that it has."""

import unittest

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.machinelearningservices import models as m

from fake_arm import GROUP, REGION, SUBSCRIPTION, Credential, plain_http

ENVIRONMENT = "azureml://registries/azureml/environments/sklearn/versions/1"
DATASTORE = "azureml://datastores/workspaceblobstore/paths/"


def names(items):
    return sorted(item.name for item in items)


class Case(unittest.TestCase):
    """A test with a client, and a workspace of its own where `workspace` names one."""

    workspace = None

    @classmethod
    def setUpClass(cls):
        cls.client = MachineLearningServicesMgmtClient(Credential(), SUBSCRIPTION, **plain_http())
        if cls.workspace:
            cls.client.workspaces.begin_create_or_update(
                GROUP, cls.workspace, m.Workspace(location=REGION, friendly_name="Before")
            ).result()

    @classmethod
    def tearDownClass(cls):
        cls.client.close()

    @property
    def at(self):
        return GROUP, self.workspace

    def assert_gone(self, call, *where):
        with self.assertRaises(ResourceNotFoundError):
            call(*where)


class Service(Case):
    def test_operations(self):
        operations = [one.name for one in self.client.operations.list()]
        self.assertTrue(operations)

    def test_what_a_region_offers(self):
        self.assertTrue(list(self.client.usages.list(REGION)))
        self.assertTrue(self.client.virtual_machine_sizes.list(REGION).value)

    def test_quotas(self):
        self.assertTrue(list(self.client.quotas.list(REGION)))
        asked = m.QuotaBaseProperties(
            id=f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.MachineLearningServices"
            "/workspaces/demo/quotas/Standard_DSv2_Family_Cluster_Dedicated_vCPUs",
            type="Microsoft.MachineLearningServices/workspaces/quotas",
            limit=100,
            unit="Count",
        )
        self.client.quotas.update(REGION, m.QuotaUpdateParameters(value=[asked]))


class Workspaces(Case):
    workspace = "workspaces"

    def test_read(self):
        workspace = self.client.workspaces.get(*self.at)
        self.assertEqual(workspace.friendly_name, "Before")
        self.assertEqual(workspace.location, REGION)
        self.assertEqual(workspace.provisioning_state, "Succeeded")
        self.assertIn(self.workspace, names(self.client.workspaces.list_by_resource_group(GROUP)))
        self.assertIn(self.workspace, names(self.client.workspaces.list_by_subscription()))

    def test_change(self):
        after = self.client.workspaces.begin_update(
            *self.at, m.WorkspaceUpdateParameters(description="Changed", tags={"a": "b"})
        ).result()
        self.assertEqual(after.description, "Changed")
        self.assertEqual(self.client.workspaces.get(*self.at).tags, {"a": "b"})

    def test_secrets(self):
        of = self.client.workspaces
        self.assertIsNotNone(of.list_keys(*self.at))
        self.assertTrue(of.list_notebook_access_token(*self.at).access_token)
        self.assertIsNotNone(of.list_notebook_keys(*self.at))
        self.assertIsNotNone(of.list_storage_account_keys(*self.at))
        of.begin_resync_keys(*self.at).result()

    def test_actions(self):
        of = self.client.workspaces
        self.assertIsNotNone(of.begin_diagnose(*self.at).result())
        self.assertIsNotNone(of.begin_prepare_notebook(*self.at).result())
        self.assertIsNotNone(of.list_outbound_network_dependencies_endpoints(*self.at).value)
        self.assertTrue(list(self.client.workspace_features.list(*self.at)))
        self.assertIsNotNone(self.client.private_link_resources.list(*self.at).value)

    def test_delete(self):
        gone = (GROUP, "short-lived")
        of = self.client.workspaces
        of.begin_create_or_update(*gone, m.Workspace(location=REGION)).result()
        of.begin_delete(*gone).result()
        self.assert_gone(of.get, *gone)

    def test_errors_have_arm_codes(self):
        with self.assertRaises(ResourceNotFoundError) as met:
            self.client.workspaces.get(GROUP, "nowhere")
        self.assertEqual(met.exception.error.code, "ResourceNotFound")
        with self.assertRaises(HttpResponseError) as met:
            self.client.workspaces.begin_create_or_update(
                *self.at, m.Workspace(location="northeurope")
            ).result()
        self.assertEqual(met.exception.status_code, 409)
        self.assertEqual(met.exception.error.code, "InvalidResourceLocation")


class Connections(Case):
    workspace = "connections"

    def test_connection(self):
        of, where = self.client.workspace_connections, (*self.at, "git")
        properties = m.PATAuthTypeWorkspaceConnectionProperties(
            category="Git",
            target="https://example.org",
            credentials=m.WorkspaceConnectionPersonalAccessToken(pat="secret"),
        )
        of.create(*where, m.WorkspaceConnectionPropertiesV2BasicResource(properties=properties))
        self.assertEqual(of.get(*where).properties.target, "https://example.org")
        self.assertEqual(names(of.list(*self.at)), ["git"])
        of.delete(*where)
        self.assert_gone(of.get, *where)

    def test_private_endpoint_connection(self):
        of, where = self.client.private_endpoint_connections, (*self.at, "endpoint")
        state = m.PrivateLinkServiceConnectionState(status="Approved", description="Yes")
        connection = m.PrivateEndpointConnection(
            location=REGION, private_link_service_connection_state=state
        )
        of.create_or_update(*where, connection)
        got = of.get(*where)
        self.assertEqual(got.private_link_service_connection_state.status, "Approved")
        self.assertEqual(names(of.list(*self.at)), ["endpoint"])
        of.delete(*where)
        self.assert_gone(of.get, *where)


class Computes(Case):
    workspace = "computes"

    def test_cluster(self):
        of, where = self.client.compute, (*self.at, "cluster")
        scale = m.ScaleSettings(max_node_count=2, min_node_count=0)
        cluster = m.AmlCompute(
            compute_location=REGION,
            properties=m.AmlComputeProperties(vm_size="STANDARD_D2_V2", scale_settings=scale),
        )
        of.begin_create_or_update(
            *where, m.ComputeResource(location=REGION, properties=cluster)
        ).result()
        got = of.get(*where)
        self.assertIsInstance(got.properties, m.AmlCompute)
        self.assertEqual(got.properties.properties.scale_settings.max_node_count, 2)
        more = m.ScaleSettingsInformation(
            scale_settings=m.ScaleSettings(max_node_count=4, min_node_count=1)
        )
        of.begin_update(*where, m.ClusterUpdateParameters(properties=more)).result()
        self.assertEqual(of.get(*where).properties.properties.scale_settings.max_node_count, 4)
        list(of.list_nodes(*where))
        self.assertIn("cluster", names(of.list(*self.at)))
        of.begin_delete(*where, "Delete").result()
        self.assert_gone(of.get, *where)

    def test_instance(self):
        of, where = self.client.compute, (*self.at, "instance")
        properties = m.ComputeInstanceProperties(vm_size="STANDARD_DS3_V2")
        instance = m.ComputeInstance(compute_location=REGION, properties=properties)
        of.begin_create_or_update(
            *where, m.ComputeResource(location=REGION, properties=instance)
        ).result()
        for change in (of.begin_stop, of.begin_start, of.begin_restart):
            change(*where).result()
        self.assertIsInstance(of.get(*where).properties, m.ComputeInstance)

    def test_keys(self):
        of, cluster = self.client.compute, (
            f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}/providers"
            "/Microsoft.ContainerService/managedClusters/cluster"
        )
        kubernetes = m.Kubernetes(
            resource_id=cluster, properties=m.KubernetesProperties(namespace="default")
        )
        for name, properties in [("aks", m.AKS(resource_id=cluster)), ("other", kubernetes)]:
            of.begin_create_or_update(
                *self.at, name, m.ComputeResource(location=REGION, properties=properties)
            ).result()
        self.assertIsInstance(of.list_keys(*self.at, "aks"), m.AksComputeSecrets)
        with self.assertRaises(HttpResponseError) as refused:
            of.list_keys(*self.at, "other")
        self.assertEqual(refused.exception.error.code, "UserError")


class Datastores(Case):
    workspace = "datastores"

    def test_datastore(self):
        of, where = self.client.datastores, (*self.at, "blobs")
        properties = m.AzureBlobDatastore(
            account_name="account",
            container_name="container",
            credentials=m.AccountKeyDatastoreCredentials(
                secrets=m.AccountKeyDatastoreSecrets(key="c2VjcmV0")
            ),
        )
        of.create_or_update(*where, m.Datastore(properties=properties))
        self.assertEqual(of.get(*where).properties.container_name, "container")
        self.assertIsInstance(of.list_secrets(*where), m.AccountKeyDatastoreSecrets)
        self.assertIn("blobs", names(of.list(*self.at)))
        of.delete(*where)
        self.assert_gone(of.get, *where)


class Jobs(Case):
    workspace = "jobs"

    @staticmethod
    def command():
        return m.CommandJob(
            command="python train.py", environment_id=ENVIRONMENT, display_name="Train"
        )

    def test_job(self):
        of, where = self.client.jobs, (*self.at, "train")
        made = of.create_or_update(*where, m.JobBase(properties=self.command()))
        self.assertIsInstance(made.properties, m.CommandJob)
        self.assertEqual(of.get(*where).properties.display_name, "Train")
        self.assertEqual(names(of.list(*self.at)), ["train"])
        of.begin_cancel(*where).result()
        of.begin_delete(*where).result()
        self.assert_gone(of.get, *where)

    def test_schedule(self):
        of, where = self.client.schedules, (*self.at, "nightly")
        schedule = m.ScheduleProperties(
            action=m.JobScheduleAction(job_definition=self.command()),
            trigger=m.CronTrigger(expression="0 3 * * *", time_zone="UTC"),
        )
        of.begin_create_or_update(*where, m.Schedule(properties=schedule)).result()
        self.assertEqual(of.get(*where).properties.trigger.expression, "0 3 * * *")
        self.assertEqual(names(of.list(*self.at)), ["nightly"])
        of.begin_delete(*where).result()
        self.assert_gone(of.get, *where)


class OnlineEndpoints(Case):
    workspace = "online"

    def test_endpoint_and_deployment(self):
        endpoints, deployments = self.client.online_endpoints, self.client.online_deployments
        endpoint = (*self.at, "online-endpoint")
        deployment = (*endpoint, "blue")
        endpoints.begin_create_or_update(
            *endpoint,
            m.OnlineEndpoint(
                location=REGION, properties=m.OnlineEndpointProperties(auth_mode="Key")
            ),
        ).result()
        self.assertIn("online-endpoint", names(endpoints.list(*self.at)))
        blue = m.ManagedOnlineDeployment(
            model="azureml://registries/azureml/models/model/versions/1",
            environment_id=ENVIRONMENT,
            instance_type="Standard_DS3_v2",
        )
        sku = m.Sku(name="Default", capacity=1)
        deployments.begin_create_or_update(
            *deployment, m.OnlineDeployment(location=REGION, properties=blue, sku=sku)
        ).result()
        self.assertEqual(names(deployments.list(*endpoint)), ["blue"])
        self.deployment(deployments, deployment)
        self.endpoint(endpoints, endpoint)
        deployments.begin_delete(*deployment).result()
        self.assert_gone(deployments.get, *deployment)
        endpoints.begin_delete(*endpoint).result()
        self.assert_gone(endpoints.get, *endpoint)

    def deployment(self, of, where):
        self.assertIsInstance(of.get(*where).properties, m.ManagedOnlineDeployment)
        more = m.PartialMinimalTrackedResourceWithSku(sku=m.PartialSku(capacity=2))
        of.begin_update(*where, more).result()
        self.assertEqual(of.get(*where).sku.capacity, 2)
        logs = m.DeploymentLogsRequest(container_type="InferenceServer", tail=10)
        self.assertIsNotNone(of.get_logs(*where, logs).content)
        list(of.list_skus(*where))

    def endpoint(self, of, where):
        tagged = m.PartialMinimalTrackedResourceWithIdentity(tags={"a": "b"})
        of.begin_update(*where, tagged).result()
        self.assertEqual(of.get(*where).tags, {"a": "b"})
        self.assertTrue(of.get_token(*where).access_token)
        before = of.list_keys(*where)
        of.begin_regenerate_keys(
            *where, m.RegenerateEndpointKeysRequest(key_type="Primary")
        ).result()
        after = of.list_keys(*where)
        self.assertNotEqual(before.primary_key, after.primary_key)
        self.assertEqual(before.secondary_key, after.secondary_key)


class BatchEndpoints(Case):
    workspace = "batch"

    def test_endpoint_and_deployment(self):
        endpoints, deployments = self.client.batch_endpoints, self.client.batch_deployments
        endpoint = (*self.at, "batch-endpoint")
        deployment = (*endpoint, "blue")
        endpoints.begin_create_or_update(
            *endpoint,
            m.BatchEndpoint(
                location=REGION, properties=m.BatchEndpointProperties(auth_mode="AADToken")
            ),
        ).result()
        self.assertEqual(names(endpoints.list(*self.at)), ["batch-endpoint"])
        self.assertTrue(endpoints.list_keys(*endpoint).primary_key)
        blue = m.BatchDeploymentProperties(
            model=m.IdAssetReference(asset_id="azureml://registries/azureml/models/m/versions/1")
        )
        deployments.begin_create_or_update(
            *deployment, m.BatchDeployment(location=REGION, properties=blue)
        ).result()
        self.assertEqual(names(deployments.list(*endpoint)), ["blue"])
        self.change(deployments, endpoints, deployment, endpoint)
        deployments.begin_delete(*deployment).result()
        self.assert_gone(deployments.get, *deployment)
        endpoints.begin_delete(*endpoint).result()
        self.assert_gone(endpoints.get, *endpoint)

    def change(self, deployments, endpoints, deployment, endpoint):
        described = m.PartialBatchDeployment(description="Changed")
        deployments.begin_update(
            *deployment,
            m.PartialBatchDeploymentPartialMinimalTrackedResourceWithProperties(
                properties=described
            ),
        ).result()
        self.assertEqual(deployments.get(*deployment).properties.description, "Changed")
        default = m.PartialMinimalTrackedResourceWithIdentity(tags={"a": "b"})
        endpoints.begin_update(*endpoint, default).result()
        self.assertEqual(endpoints.get(*endpoint).tags, {"a": "b"})


# Kind of asset, its container and its version.
ASSETS = {
    "code": (
        m.CodeContainer(properties=m.CodeContainerProperties()),
        m.CodeVersion(
            properties=m.CodeVersionProperties(
                code_uri="https://account.blob.core.windows.net/container/code"
            )
        ),
    ),
    "component": (
        m.ComponentContainer(properties=m.ComponentContainerProperties()),
        m.ComponentVersion(
            properties=m.ComponentVersionProperties(
                component_spec={
                    "name": "asset",
                    "version": "1",
                    "type": "command",
                    "command": "echo",
                    "environment": ENVIRONMENT,
                }
            )
        ),
    ),
    "data": (
        m.DataContainer(properties=m.DataContainerProperties(data_type="uri_folder")),
        m.DataVersionBase(properties=m.UriFolderDataVersion(data_uri=DATASTORE + "folder")),
    ),
    "environment": (
        m.EnvironmentContainer(properties=m.EnvironmentContainerProperties()),
        m.EnvironmentVersion(
            properties=m.EnvironmentVersionProperties(image="mcr.microsoft.com/azureml/base")
        ),
    ),
    "model": (
        m.ModelContainer(properties=m.ModelContainerProperties()),
        m.ModelVersion(
            properties=m.ModelVersionProperties(
                model_type="custom_model", model_uri=DATASTORE + "model"
            )
        ),
    ),
}


class Assets(Case):
    workspace = "assets"

    def test_assets(self):
        for kind, (container, version) in ASSETS.items():
            with self.subTest(kind):
                containers = getattr(self.client, f"{kind}_containers")
                versions = getattr(self.client, f"{kind}_versions")
                self.asset(containers, versions, container, version)

    def asset(self, containers, versions, container, version):
        of_asset = (*self.at, "asset")
        of_version = (*of_asset, "1")
        containers.create_or_update(*of_asset, container)
        self.assertEqual(containers.get(*of_asset).name, "asset")
        self.assertIn("asset", names(containers.list(*self.at)))
        versions.create_or_update(*of_version, version)
        got = versions.get(*of_version)
        self.assertIs(type(got.properties), type(version.properties))
        self.assertEqual(names(versions.list(*of_asset)), ["1"])
        versions.delete(*of_version)
        self.assert_gone(versions.get, *of_version)
        containers.delete(*of_asset)
        self.assert_gone(containers.get, *of_asset)

    def test_upload(self):
        upload = self.client.code_versions.create_or_get_start_pending_upload(
            *self.at,
            "uploaded",
            "1",
            m.PendingUploadRequestDto(pending_upload_type="TemporaryBlobReference"),
        )
        self.assertTrue(upload.blob_reference_for_consumption.blob_uri)


class Registries(Case):
    registry = (GROUP, "registry")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        region = m.RegistryRegionArmDetails(location=REGION)
        cls.client.registries.begin_create_or_update(
            *cls.registry,
            m.Registry(
                location=REGION,
                identity=m.ManagedServiceIdentity(type="SystemAssigned"),
                region_details=[region],
            ),
        ).result()

    def test_registry(self):
        of = self.client.registries
        self.assertEqual(of.get(*self.registry).name, "registry")
        self.assertIn("registry", names(of.list(GROUP)))
        self.assertIn("registry", names(of.list_by_subscription()))
        of.update(*self.registry, m.PartialRegistryPartialTrackedResource(tags={"a": "b"}))
        self.assertEqual(of.get(*self.registry).tags, {"a": "b"})
        other = m.RegistryRegionArmDetails(location="northeurope")
        of.begin_remove_regions(
            *self.registry, m.Registry(location=REGION, region_details=[other])
        ).result()

    def test_delete(self):
        of, gone = self.client.registries, (GROUP, "short-lived-registry")
        region = m.RegistryRegionArmDetails(location=REGION)
        of.begin_create_or_update(
            *gone, m.Registry(location=REGION, region_details=[region])
        ).result()
        of.begin_delete(*gone).result()
        self.assert_gone(of.get, *gone)

    def test_assets(self):
        for kind, (container, version) in ASSETS.items():
            with self.subTest(kind):
                containers = getattr(self.client, f"registry_{kind}_containers")
                versions = getattr(self.client, f"registry_{kind}_versions")
                self.asset(containers, versions, container, version)

    def asset(self, containers, versions, container, version):
        of_asset = (*self.registry, "asset")
        of_version = (*of_asset, "1")
        containers.begin_create_or_update(*of_asset, container).result()
        self.assertEqual(containers.get(*of_asset).name, "asset")
        self.assertIn("asset", names(containers.list(*self.registry)))
        versions.begin_create_or_update(*of_version, version).result()
        got = versions.get(*of_version)
        self.assertIs(type(got.properties), type(version.properties))
        self.assertEqual(names(versions.list(*of_asset)), ["1"])
        versions.begin_delete(*of_version).result()
        self.assert_gone(versions.get, *of_version)
        containers.begin_delete(*of_asset).result()
        self.assert_gone(containers.get, *of_asset)

    def test_uploads(self):
        request = m.PendingUploadRequestDto(pending_upload_type="TemporaryBlobReference")
        for kind in ("code", "data", "model"):
            with self.subTest(kind):
                versions = getattr(self.client, f"registry_{kind}_versions")
                upload = versions.create_or_get_start_pending_upload(
                    *self.registry, "uploaded", "1", request
                )
                self.assertTrue(upload.blob_reference_for_consumption.blob_uri)


if __name__ == "__main__":
    unittest.main()
