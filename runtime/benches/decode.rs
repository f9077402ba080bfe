//! Reading and writing a page of 1,000 online deployments, next to serde's derives on the same
//! shapes. Ends with the ratios: below 1, the models here are the faster ones.

use criterion::{Criterion, Throughput};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The same structs twice: `$extra` is serde's derives or nothing.
macro_rules! shapes {
    ($($name:ident $(($tag:literal = $kind:literal))? { $($field:ident = $wire:literal: $type:ty,)* })*) => {
        mod models {
            use super::kinds::models::*;
            $(
                #[derive(Clone, Debug, Default, PartialEq)]
                pub(crate) struct $name { $(pub(crate) $field: Option<$type>,)* }
                arm_runtime::model! { $name $(, $tag = $kind)?, $($field = $wire),* }
            )*
        }
        mod derives {
            use super::kinds::derives::*;
            $(
                #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
                pub(crate) struct $name {
                    $(
                        #[serde(rename = $wire, default, skip_serializing_if = "Option::is_none")]
                        pub(crate) $field: Option<$type>,
                    )*
                }
            )*
        }
    };
}

/// What the macro above cannot say in both ways: enums, unions and times.
mod kinds {
    pub(super) mod models {
        pub(crate) use super::super::models::{Kubernetes, Managed};
        pub(crate) use arm_runtime::model::{OffsetDateTime as Time, UnknownKind};
        pub(crate) use std::collections::BTreeMap;

        #[derive(Clone, Debug, PartialEq)]
        pub(crate) enum Deployment {
            Kubernetes(Box<Kubernetes>),
            Managed(Box<Managed>),
            Unknown(UnknownKind),
        }
        arm_runtime::union! {
            Deployment, "endpointComputeType",
            Kubernetes = "Kubernetes" (Kubernetes), Managed = "Managed" (Managed)
        }

        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) enum State {
            Creating,
            Deleting,
            Scaling,
            Updating,
            Succeeded,
            Failed,
            Canceled,
            UnknownValue(String),
        }
        arm_runtime::open_enum! {
            State, Creating = "Creating", Deleting = "Deleting", Scaling = "Scaling",
            Updating = "Updating", Succeeded = "Succeeded", Failed = "Failed", Canceled = "Canceled"
        }
    }

    pub(super) mod derives {
        pub(crate) use super::super::derives::{Kubernetes, Managed};
        pub(crate) use std::collections::BTreeMap;

        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "endpointComputeType")]
        pub(crate) enum Deployment {
            Kubernetes(Box<Kubernetes>),
            Managed(Box<Managed>),
        }

        /// The fastest that derive has, which has no place for other values.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub(crate) enum State {
            Creating,
            Deleting,
            Scaling,
            Updating,
            Succeeded,
            Failed,
            Canceled,
        }

        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub(crate) struct Time(
            #[serde(with = "azure_core::time::rfc3339")] azure_core::time::OffsetDateTime,
        );
    }
}

shapes! {
    Page { value = "value": Vec<OnlineDeployment>, next_link = "nextLink": String, }
    OnlineDeployment {
        id = "id": String, name = "name": String, kind_of = "type": String,
        system_data = "systemData": SystemData, tags = "tags": BTreeMap<String, String>,
        location = "location": String, identity = "identity": Identity, kind = "kind": String,
        sku = "sku": Sku, properties = "properties": Deployment,
    }
    SystemData {
        created_by = "createdBy": String, created_by_type = "createdByType": String,
        created_at = "createdAt": Time, last_modified_by = "lastModifiedBy": String,
        last_modified_by_type = "lastModifiedByType": String, last_modified_at = "lastModifiedAt": Time,
    }
    Identity {
        principal_id = "principalId": String, tenant_id = "tenantId": String, kind = "type": String,
    }
    Sku {
        name = "name": String, tier = "tier": String, size = "size": String,
        family = "family": String, capacity = "capacity": i32,
    }
    Managed ("endpointComputeType" = "Managed") {
        app_insights_enabled = "appInsightsEnabled": bool, code = "codeConfiguration": Code,
        description = "description": String, environment_id = "environmentId": String,
        variables = "environmentVariables": BTreeMap<String, String>,
        instance_type = "instanceType": String, liveness = "livenessProbe": Probe,
        model = "model": String, mount_path = "modelMountPath": String,
        properties = "properties": BTreeMap<String, String>, state = "provisioningState": State,
        readiness = "readinessProbe": Probe, request = "requestSettings": Request,
        scale = "scaleSettings": Scale,
    }
    Kubernetes ("endpointComputeType" = "Kubernetes") {
        app_insights_enabled = "appInsightsEnabled": bool, code = "codeConfiguration": Code,
        description = "description": String, environment_id = "environmentId": String,
        variables = "environmentVariables": BTreeMap<String, String>,
        instance_type = "instanceType": String, liveness = "livenessProbe": Probe,
        model = "model": String, mount_path = "modelMountPath": String,
        properties = "properties": BTreeMap<String, String>, state = "provisioningState": State,
        readiness = "readinessProbe": Probe, request = "requestSettings": Request,
        scale = "scaleSettings": Scale, resources = "containerResourceRequirements": Resources,
    }
    Code { code_id = "codeId": String, scoring_script = "scoringScript": String, }
    Probe {
        failure_threshold = "failureThreshold": i32, initial_delay = "initialDelay": String,
        period = "period": String, success_threshold = "successThreshold": i32,
        timeout = "timeout": String,
    }
    Request {
        max_concurrent = "maxConcurrentRequestsPerInstance": i32,
        max_queue_wait = "maxQueueWait": String, request_timeout = "requestTimeout": String,
    }
    Scale { kind = "scaleType": String, max_instances = "maxInstances": i32, ratio = "ratio": f64, }
    Resources { limits = "containerResourceLimits": Limits, requests = "containerResourceRequests": Limits, }
    Limits { cpu = "cpu": String, gpu = "gpu": String, memory = "memory": String, }
}

/// A page as the service sends it; the discriminator stands first or among the others.
fn page(first: bool) -> Vec<u8> {
    let items: Vec<String> = (0..1_000).map(|number| deployment(number, first)).collect();
    let next = "https://management.azure.com/next?$skip=1000";
    format!(r#"{{"value":[{}],"nextLink":"{next}"}}"#, items.join(",")).into_bytes()
}

fn deployment(number: usize, first: bool) -> String {
    let probe = json!({
        "failureThreshold": 30, "initialDelay": "PT10S", "period": "PT10S",
        "successThreshold": 1, "timeout": "PT2S",
    });
    let kind = if number.is_multiple_of(4) {
        "Kubernetes"
    } else {
        "Managed"
    };
    let mut properties = json!({
        "appInsightsEnabled": true,
        "codeConfiguration": {"codeId": "/subscriptions/x/codes/y/versions/1", "scoringScript": "score.py"},
        "description": "The blue deployment,\nwhich serves most of the traffic",
        "environmentId": "/subscriptions/x/environments/y/versions/1",
        "environmentVariables": {"MODEL": "y", "WORKERS": "2", "LOG_LEVEL": "info"},
        "instanceType": "Standard_F4s_v2",
        "livenessProbe": probe,
        "model": "/subscriptions/x/models/y/versions/1",
        "modelMountPath": null,
        "properties": {"AzureAsyncOperationUri": "https://management.azure.com/subscriptions/x"},
        "provisioningState": "Succeeded",
        "readinessProbe": probe,
        "requestSettings": {
            "maxConcurrentRequestsPerInstance": 5, "maxQueueWait": "PT0.5S", "requestTimeout": "PT5S",
        },
        "scaleSettings": {"scaleType": "Default", "maxInstances": number, "ratio": 0.75},
        "newInTheNextVersion": {"enabled": true, "list": [1, 2, 3]},
    });
    if kind == "Kubernetes" {
        let limits = json!({"cpu": "0.5", "gpu": null, "memory": "0.5Gi"});
        properties["containerResourceRequirements"] =
            json!({"containerResourceLimits": limits, "containerResourceRequests": limits});
    }
    let mut text = properties.to_string();
    if first {
        text.insert_str(1, &format!(r#""endpointComputeType":"{kind}","#));
    } else {
        properties["endpointComputeType"] = Value::from(kind);
        text = properties.to_string();
    }
    let rest = json!({
        "id": format!("/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws/onlineEndpoints/e/deployments/{number}"),
        "name": format!("deployment-{number}"),
        "type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
        "systemData": {
            "createdBy": "someone@example.com", "createdByType": "User",
            "createdAt": "2025-06-01T10:20:30.1234567Z", "lastModifiedBy": "someone@example.com",
            "lastModifiedByType": "User", "lastModifiedAt": "2025-06-02T10:20:30.1234567Z",
        },
        "tags": {"team": "search", "stage": "production"},
        "location": "westeurope",
        "identity": {"principalId": "p", "tenantId": "t", "type": "SystemAssigned"},
        "kind": "Managed",
        "sku": {"name": "Default", "tier": "Standard", "size": null, "family": null, "capacity": 2},
    })
    .to_string();
    format!(r#"{{"properties":{text},{}"#, &rest[1..])
}

fn read<T: DeserializeOwned>(text: &[u8]) -> T {
    serde_json::from_slice(text).expect("a page")
}

fn read_stream<T: DeserializeOwned>(text: &[u8]) -> T {
    serde_json::from_reader(text).expect("a page")
}

/// Into a buffer with room enough, for growth would be most of the work.
fn write<T: Serialize>(page: &T, buffer: &mut Vec<u8>) {
    buffer.clear();
    serde_json::to_writer(buffer, page).expect("a page");
}

/// One measurement: its name, the bytes of a page, and what to run for models and for derives.
type Run<'a> = dyn FnMut(&str, usize, &mut dyn FnMut(), &mut dyn FnMut()) + 'a;

fn each(run: &mut Run<'_>) {
    let first = page(true);
    let among = page(false);
    let model: models::Page = read(&first);
    let derive: derives::Page = read(&first);
    let mut models = Vec::with_capacity(first.len());
    let mut derives = Vec::with_capacity(first.len());
    write(&model, &mut models);
    write(&derive, &mut derives);
    assert_eq!(models.len(), derives.len(), "both write the same members");
    run(
        "discriminator first",
        first.len(),
        &mut || drop(black_box(read::<models::Page>(&first))),
        &mut || drop(black_box(read::<derives::Page>(&first))),
    );
    run(
        "discriminator among others",
        among.len(),
        &mut || drop(black_box(read::<models::Page>(&among))),
        &mut || drop(black_box(read::<derives::Page>(&among))),
    );
    run(
        "from a stream",
        first.len(),
        &mut || drop(black_box(read_stream::<models::Page>(&first))),
        &mut || drop(black_box(read_stream::<derives::Page>(&first))),
    );
    run(
        "written",
        first.len(),
        &mut || write(black_box(&model), &mut models),
        &mut || write(black_box(&derive), &mut derives),
    );
}

fn benches(criterion: &mut Criterion) {
    each(&mut |name, bytes, model, derive| {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function("model", |bencher| bencher.iter(&mut *model));
        group.bench_function("derive", |bencher| bencher.iter(&mut *derive));
        group.finish();
    });
}

/// The ratios of the fastest runs, which alternate, so that other work on the machine counts least.
fn ratios() {
    each(&mut |name, _, model, derive| {
        let (mut models, mut derives) = (Duration::MAX, Duration::MAX);
        for _ in 0..300 {
            models = models.min(timed(model));
            derives = derives.min(timed(derive));
        }
        let ratio = models.as_secs_f64() / derives.as_secs_f64();
        println!("{name}: model {models:?}, derive {derives:?}, ratio {ratio:.2}");
    });
}

fn timed(run: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    benches(&mut criterion);
    ratios();
}
