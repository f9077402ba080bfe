//! Online deployments as the service sends them.

use serde_json::{Value, json};

/// The deployments of one page.
pub const PAGE: usize = 1_000;

const OTHERS_FIRST: bool = false;

/// Returns a page of 1,000 deployments; the discriminator is the first member or among the others.
pub fn page(discriminator_first: bool) -> Vec<u8> {
    let items = (0..PAGE).map(|number| deployment(number, discriminator_first));
    list(items, Some("https://management.azure.com/next?$skip=1000"))
}

/// Returns some deployments and the link to the next page.
pub fn short_page(count: usize, next: Option<&str>) -> Vec<u8> {
    list(
        (0..count).map(|number| deployment(number, OTHERS_FIRST)),
        next,
    )
}

fn list(items: impl Iterator<Item = String>, next: Option<&str>) -> Vec<u8> {
    let items: Vec<String> = items.collect();
    let next = json!(next);
    format!(r#"{{"value":[{}],"nextLink":{next}}}"#, items.join(",")).into_bytes()
}

/// Returns one deployment; every fourth is on Kubernetes.
pub fn deployment(number: usize, discriminator_first: bool) -> String {
    let kind = if number.is_multiple_of(4) {
        "Kubernetes"
    } else {
        "Managed"
    };
    let mut properties = properties(kind);
    let mut text = properties.to_string();
    if discriminator_first {
        text.insert_str(1, &format!(r#""endpointComputeType":"{kind}","#));
    } else {
        properties["endpointComputeType"] = Value::from(kind);
        text = properties.to_string();
    }
    let rest = resource(number).to_string();
    format!(r#"{{"properties":{text},{}"#, &rest[1..])
}

fn properties(kind: &str) -> Value {
    let probe = json!({
        "failureThreshold": 30, "initialDelay": "PT10S", "period": "PT10S",
        "successThreshold": 1, "timeout": "PT2S",
    });
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
        "scaleSettings": {
            "scaleType": "TargetUtilization", "maxInstances": 4, "minInstances": 1,
            "pollingInterval": "PT1S", "targetUtilizationPercentage": 70,
        },
    });
    if kind == "Kubernetes" {
        let limits = json!({"cpu": "0.5", "gpu": null, "memory": "0.5Gi"});
        properties["containerResourceRequirements"] =
            json!({"containerResourceLimits": limits, "containerResourceRequests": limits});
    }
    properties
}

fn resource(number: usize) -> Value {
    json!({
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
        "identity": {
            "principalId": "11111111-2222-3333-4444-555555555555",
            "tenantId": "66666666-7777-8888-9999-000000000000",
            "type": "SystemAssigned",
        },
        "kind": "Managed",
        "sku": {"name": "Default", "tier": "Standard", "size": null, "family": null, "capacity": 2},
    })
}

#[cfg(test)]
mod tests {
    use super::{super::shapes::Page, PAGE, page};
    use arm_machinelearning::models::OnlineDeploymentTrackedResourceArmPaginatedResult as Model;

    #[test]
    fn both_sides_read_a_page() -> serde_json::Result<()> {
        for discriminator_first in [true, false] {
            let text = page(discriminator_first);
            let ours: Model = serde_json::from_slice(&text)?;
            let theirs: Page = serde_json::from_slice(&text)?;
            assert_eq!(ours.value.map(|items| items.len()), Some(PAGE));
            assert_eq!(theirs.value.map(|items| items.len()), Some(PAGE));
        }
        Ok(())
    }
}
