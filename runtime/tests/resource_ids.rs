//! Resource IDs of every shape.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

use arm_runtime::ResourceId;
use std::collections::{BTreeSet, HashSet};

const WORKSPACE: &str = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.X/workspaces/ws";

fn id(text: &str) -> ResourceId {
    text.parse().unwrap()
}

fn problem(text: &str) -> String {
    ResourceId::parse(text).unwrap_err().to_string()
}

#[test]
fn a_resource_id_has_components() {
    let id = id(WORKSPACE);
    assert_eq!(id.subscription_id(), Some("0"));
    assert_eq!(id.resource_group_name(), Some("rg"));
    assert_eq!(id.provider(), Some("Microsoft.X"));
    assert_eq!(id.types(), ["workspaces"]);
    assert_eq!(id.resource_type(), "Microsoft.X/workspaces");
    assert_eq!(id.name(), Some("ws"));
    assert_eq!(id.name_of("WORKSPACES"), Some("ws"));
    assert_eq!(id.name_of("jobs"), None);
    assert_eq!(id.to_string(), WORKSPACE);
    assert!(!id.is_tenant_level());
}

#[test]
fn parents_end_at_the_tenant() {
    let mut next = Some(id(&format!("{WORKSPACE}/jobs/j")));
    let mut names = Vec::new();
    while let Some(id) = next {
        names.push(format!("{id} {}", id.resource_type()));
        next = id.parent();
    }
    assert_eq!(
        names,
        [
            &format!("{WORKSPACE}/jobs/j Microsoft.X/workspaces/jobs"),
            &format!("{WORKSPACE} Microsoft.X/workspaces"),
            "/subscriptions/0/resourceGroups/rg Microsoft.Resources/resourceGroups",
            "/subscriptions/0 Microsoft.Resources/subscriptions",
            "/ Microsoft.Resources/tenants",
        ]
    );
}

#[test]
fn an_extension_belongs_to_its_resource() {
    let lock = id(&format!(
        "{WORKSPACE}/providers/Microsoft.Authorization/locks/keep"
    ));
    assert_eq!(lock.provider(), Some("Microsoft.Authorization"));
    assert_eq!(lock.resource_type(), "Microsoft.Authorization/locks");
    assert_eq!(lock.parent(), Some(id(WORKSPACE)));
    assert_eq!(lock.resource_group_name(), Some("rg"));
    let made = id(WORKSPACE)
        .resource("Microsoft.Authorization", "locks", "keep")
        .unwrap();
    assert_eq!(made, lock);
}

#[test]
fn ids_of_tenants_and_subscriptions_have_resources() {
    let group = id("/providers/Microsoft.Management/managementGroups/mg");
    assert_eq!(
        group.resource_type(),
        "Microsoft.Management/managementGroups"
    );
    assert_eq!(group.parent(), Some(ResourceId::tenant()));
    assert_eq!(group.subscription_id(), None);
    assert!(group.is_tenant_level());
    let policy = id("/subscriptions/0/providers/Microsoft.Authorization/policyDefinitions/p");
    assert_eq!(policy.resource_group_name(), None);
    assert_eq!(policy.parent(), Some(id("/subscriptions/0")));
    let place = id("/subscriptions/0/locations/eastus");
    assert_eq!(
        place.resource_type(),
        "Microsoft.Resources/subscriptions/locations"
    );
}

#[test]
fn ids_are_built() {
    let built = ResourceId::subscription("0")
        .and_then(|id| id.resource_group("rg"))
        .and_then(|id| id.resource("Microsoft.X", "workspaces", "ws"))
        .unwrap();
    assert_eq!(built.to_string(), WORKSPACE);
    assert_eq!(
        built.child("jobs", "j").unwrap().to_string(),
        format!("{WORKSPACE}/jobs/j")
    );
    for wrong in ["", ".", "..", "a/b", "a?b", "a#b", "a\\b", "a\nb"] {
        assert!(ResourceId::subscription(wrong).is_err(), "{wrong:?}");
        assert!(built.child(wrong, "j").is_err(), "{wrong:?}");
        assert!(built.child("jobs", wrong).is_err(), "{wrong:?}");
    }
    let error = built.resource_group("rg").unwrap_err().to_string();
    assert!(error.contains("is not a subscription"), "{error}");
    assert!(built.resource("Microsoft.X", "providers", "x").is_err());
}

#[test]
fn letter_case_is_ignored() {
    let (lower, upper) = (id(WORKSPACE), id(&WORKSPACE.to_uppercase()));
    assert_eq!(lower, upper);
    assert_ne!(lower, id(&WORKSPACE.replace("ws", "other")));
    assert_ne!(id("/subscriptions/ab/x/y"), id("/subscriptions/a/bx/y"));
    assert_eq!(
        [lower.clone(), upper.clone()]
            .into_iter()
            .collect::<HashSet<_>>()
            .len(),
        1
    );
    assert_eq!([lower, upper].into_iter().collect::<BTreeSet<_>>().len(), 1);
    assert!(id("/subscriptions/a") < id("/subscriptions/B"));
    assert_eq!(
        id("/subscriptions/0/resourceGroups/Ü"),
        id("/subscriptions/0/resourceGroups/ü")
    );
}

#[test]
fn ids_are_strings_in_json() {
    let json = serde_json::to_string(&id(WORKSPACE)).unwrap();
    assert_eq!(json, format!("\"{WORKSPACE}\""));
    assert_eq!(
        serde_json::from_str::<ResourceId>(&json).unwrap(),
        id(WORKSPACE)
    );
    assert!(serde_json::from_str::<ResourceId>("\"x\"").is_err());
    assert_eq!(
        format!("{:?}", id("/subscriptions/0")),
        "ResourceId(/subscriptions/0)"
    );
}

#[test]
fn texts_that_are_no_ids_are_rejected_with_a_reason() {
    let cases = [
        ("", "must begin with `/`"),
        ("subscriptions/0", "must begin with `/`"),
        (
            "https://management.azure.com/subscriptions/0",
            "must begin with `/`",
        ),
        ("/subscriptions", "type without a name"),
        ("/subscriptions/0/", "type without a name"),
        ("//", "must not be empty"),
        ("/subscriptions//", "must not be empty"),
        (
            "/subscriptions/0/providers/Microsoft.X",
            "followed by a type and a name",
        ),
        (
            "/providers/Microsoft.X/providers/Microsoft.Y/a/b",
            "followed by a type and a name",
        ),
        ("/subscriptions/..", "must not be `.` or `..`"),
        ("/subscriptions/0?x=1", "must not have"),
    ];
    for (text, expected) in cases {
        let problem = problem(text);
        assert!(problem.contains(expected), "{text}: {problem}");
        assert!(problem.contains("is not a resource ID"), "{problem}");
    }
}
