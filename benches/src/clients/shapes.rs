//! The models of a page of online deployments with serde's derives: the same members and types,
//! except that UUIDs are text, written in the simplest way.
#![allow(missing_docs, reason = "the members are those of the generated models")]

use arm_machinelearning::arm_runtime::IsoDuration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! shapes {
    ($($name:ident { $($field:ident = $wire:literal: $type:ty,)* })*) => {$(
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            $(
                #[serde(rename = $wire, default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
        }
    )*};
}

/// Closed enums: the fastest form with derives. They cannot hold unknown values.
macro_rules! enums {
    ($($name:ident { $($variant:ident,)* })*) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($variant,)* }
    )*};
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "endpointComputeType")]
pub enum Properties {
    Kubernetes(Box<Kubernetes>),
    Managed(Box<Managed>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "scaleType")]
pub enum Scale {
    Default(Box<DefaultScale>),
    TargetUtilization(Box<TargetUtilization>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(#[serde(with = "azure_core::time::rfc3339")] azure_core::time::OffsetDateTime);

enums! {
    CreatedBy { User, Application, ManagedIdentity, Key, }
    IdentityType { None, SystemAssigned, UserAssigned, }
    Tier { Free, Basic, Standard, Premium, }
    State { Creating, Deleting, Scaling, Updating, Succeeded, Failed, Canceled, }
    Switch { Enabled, Disabled, }
    Roll { Year, Month, Day, Hour, Minute, }
}

shapes! {
    Page { value = "value": Vec<Deployment>, next_link = "nextLink": String, }
    Deployment {
        id = "id": String, name = "name": String, kind_of = "type": String,
        system_data = "systemData": SystemData, tags = "tags": BTreeMap<String, String>,
        location = "location": String, properties = "properties": Properties,
        identity = "identity": Identity, kind = "kind": String, sku = "sku": Sku,
    }
    SystemData {
        created_by = "createdBy": String, created_by_type = "createdByType": CreatedBy,
        created_at = "createdAt": Time, last_modified_by = "lastModifiedBy": String,
        last_modified_by_type = "lastModifiedByType": CreatedBy,
        last_modified_at = "lastModifiedAt": Time,
    }
    Identity {
        principal_id = "principalId": String, tenant_id = "tenantId": String,
        kind = "type": IdentityType,
        users = "userAssignedIdentities": BTreeMap<String, Option<UserIdentity>>,
    }
    UserIdentity { principal_id = "principalId": String, client_id = "clientId": String, }
    Sku {
        name = "name": String, tier = "tier": Tier, size = "size": String,
        family = "family": String, capacity = "capacity": i32,
    }
    Managed {
        code = "codeConfiguration": Code, description = "description": String,
        environment_id = "environmentId": String,
        variables = "environmentVariables": BTreeMap<String, Option<String>>,
        properties = "properties": BTreeMap<String, Option<String>>,
        app_insights_enabled = "appInsightsEnabled": bool, collector = "dataCollector": Collector,
        egress = "egressPublicNetworkAccess": Switch, instance_type = "instanceType": String,
        liveness = "livenessProbe": Probe, model = "model": String,
        mount_path = "modelMountPath": String, state = "provisioningState": State,
        readiness = "readinessProbe": Probe, request = "requestSettings": Request,
        scale = "scaleSettings": Scale, startup = "startupProbe": Probe,
    }
    Kubernetes {
        code = "codeConfiguration": Code, description = "description": String,
        environment_id = "environmentId": String,
        variables = "environmentVariables": BTreeMap<String, Option<String>>,
        properties = "properties": BTreeMap<String, Option<String>>,
        app_insights_enabled = "appInsightsEnabled": bool, collector = "dataCollector": Collector,
        egress = "egressPublicNetworkAccess": Switch, instance_type = "instanceType": String,
        liveness = "livenessProbe": Probe, model = "model": String,
        mount_path = "modelMountPath": String, state = "provisioningState": State,
        readiness = "readinessProbe": Probe, request = "requestSettings": Request,
        scale = "scaleSettings": Scale, startup = "startupProbe": Probe,
        resources = "containerResourceRequirements": Resources,
    }
    Code { code_id = "codeId": String, scoring_script = "scoringScript": String, }
    Collector {
        collections = "collections": BTreeMap<String, Option<Collection>>,
        logging = "requestLogging": Logging, rolling_rate = "rollingRate": Roll,
    }
    Collection {
        client_id = "clientId": String, mode = "dataCollectionMode": Switch,
        data_id = "dataId": String, sampling_rate = "samplingRate": f64,
    }
    Logging { headers = "captureHeaders": Vec<String>, }
    Probe {
        failure_threshold = "failureThreshold": i32, initial_delay = "initialDelay": IsoDuration,
        period = "period": IsoDuration, success_threshold = "successThreshold": i32,
        timeout = "timeout": IsoDuration,
    }
    Request {
        max_concurrent = "maxConcurrentRequestsPerInstance": i32,
        max_queue_wait = "maxQueueWait": IsoDuration, request_timeout = "requestTimeout": IsoDuration,
    }
    DefaultScale {}
    TargetUtilization {
        max_instances = "maxInstances": i32, min_instances = "minInstances": i32,
        polling_interval = "pollingInterval": IsoDuration,
        percentage = "targetUtilizationPercentage": i32,
    }
    Resources { limits = "containerResourceLimits": Limits, requests = "containerResourceRequests": Limits, }
    Limits { cpu = "cpu": String, gpu = "gpu": String, memory = "memory": String, }
}
