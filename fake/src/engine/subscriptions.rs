//! Tenants and subscriptions.

use super::{
    context::Engine,
    exchange::{Refusal, Response, refuse},
    state::{Subscription, TENANT},
};
use azure_core::Uuid;
use serde_json::{Value, json};

/// Regions and their display names.
pub(crate) const LOCATIONS: [(&str, &str); 8] = [
    ("eastus", "East US"),
    ("eastus2", "East US 2"),
    ("westus2", "West US 2"),
    ("centralus", "Central US"),
    ("northeurope", "North Europe"),
    ("westeurope", "West Europe"),
    ("uksouth", "UK South"),
    ("southeastasia", "Southeast Asia"),
];

impl Engine<'_> {
    /// Checks that the subscription is a GUID, and exists if subscriptions have to be created.
    pub(crate) fn check_subscription(&self, segments: &[String]) -> Result<(), Refusal> {
        let [first, id, ..] = segments else {
            return Ok(());
        };
        if !first.eq_ignore_ascii_case("subscriptions") {
            return Ok(());
        }
        if Uuid::parse_str(id).is_err() {
            return refuse(
                400,
                "InvalidSubscriptionId",
                format!("the subscription identifier '{id}' is malformed: it must be a GUID"),
            );
        }
        let known = self
            .state
            .store
            .subscriptions
            .contains_key(&id.to_lowercase());
        if known || !self.state.requires_subscriptions {
            return Ok(());
        }
        refuse(
            404,
            "SubscriptionNotFound",
            format!("the subscription '{id}' could not be found"),
        )
    }

    pub(crate) fn tenants(&self) -> Response {
        let tenant = json!({
            "id": format!("/tenants/{TENANT}"),
            "tenantId": TENANT,
            "tenantCategory": "Home",
            "displayName": "Fake",
            "defaultDomain": "fake.example.com",
            "domains": ["fake.example.com"],
        });
        Response::json(200, json!({"value": [tenant]}))
    }

    pub(crate) fn list_subscriptions(&self) -> Response {
        let known = self.state.store.subscriptions.values();
        let mut all: Vec<Value> = known.map(subscription_json).collect();
        if all.is_empty() {
            all.push(subscription_json(&Subscription::default()));
        }
        let count = json!({"type": "Total", "value": all.len()});
        Response::json(200, json!({"value": all, "count": count}))
    }

    pub(crate) fn get_subscription(&self, id: &str) -> Response {
        let known = self.state.store.subscriptions.get(&id.to_lowercase());
        let unnamed = Subscription {
            id: id.to_owned(),
            ..Subscription::default()
        };
        Response::json(200, subscription_json(known.unwrap_or(&unnamed)))
    }

    pub(crate) fn list_locations(&self, subscription: &str) -> Response {
        let all = LOCATIONS.iter().map(|(name, display)| {
            json!({
                "id": format!("/subscriptions/{subscription}/locations/{name}"),
                "name": name,
                "type": "Region",
                "displayName": display,
                "regionalDisplayName": display,
                "metadata": {"regionType": "Physical", "regionCategory": "Recommended"},
            })
        });
        Response::json(200, json!({"value": all.collect::<Vec<Value>>()}))
    }
}

fn subscription_json(subscription: &Subscription) -> Value {
    json!({
        "id": format!("/subscriptions/{}", subscription.id),
        "subscriptionId": subscription.id,
        "tenantId": TENANT,
        "displayName": subscription.name,
        "state": "Enabled",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    })
}
