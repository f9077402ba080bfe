//! Items in preview: the API version with which they are sent, and what is rejected.

use crate::{
    common::options,
    support::{Server, StubResponse},
};
use arm_runtime::{ArmClientOptions, Body, Call, Client, Scope, Service};
use serde_json::{Value, json};

static SERVICE: Service = Service {
    crate_name: Some("arm_example"),
    crate_version: Some("1.2.3"),
    name: "Example",
    provider: "Microsoft.Example",
    api_versions: &["2024-01-01", "2025-01-01", PREVIEWS[0], PREVIEWS[1]],
    default_api_version: "2025-01-01",
};

const PREVIEWS: &[&str] = &["2025-03-01-preview", "2025-06-01-preview"];

arm_runtime::open_enum! {
    /// A color.
    pub enum Color {
        /// Red.
        Red = "red",

        /// Gold.
        Gold = "gold" previews(&["2025-06-01-preview"]),
    }
}

arm_runtime::model! {
    /// A thing.
    pub struct Thing {
        /// A name.
        pub name: Option<String> = "name",

        /// How much it shines.
        pub gloss: Option<i32> = "gloss" (minimum(0.0), previews(PREVIEWS)),

        /// Colors.
        pub colors: Option<Vec<Color>> = "colors",

        /// A part.
        pub part: Option<Part> = "part",
    }
}

arm_runtime::union! {
    /// A part.
    pub enum Part: "kind" {
        /// A wheel.
        Wheel(Wheel) = "Wheel",

        /// A lamp.
        Lamp(Lamp) = "Lamp",
    }
}

arm_runtime::model! {
    /// A wheel.
    pub struct Wheel {
        "kind" = "Wheel",
    }
}

arm_runtime::model! {
    /// A lamp.
    pub struct Lamp {
        "kind" = "Lamp" previews(PREVIEWS),
    }
}

/// Returns the target of a call by a client with an API version, or the error.
async fn target(
    version: Option<&str>,
    set: impl FnOnce(&mut ArmClientOptions),
    make: impl FnOnce(&Scope) -> Call<'_>,
) -> Result<String, String> {
    let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
    let mut options = options(&server);
    options.api_version = version.map(str::to_owned);
    set(&mut options);
    let scope = Client::without_credential(&SERVICE, options)
        .unwrap()
        .root();
    match make(&scope).send::<Value>(&[200], None).await {
        Ok(_) => Ok(server.requests().remove(0).target),
        Err(error) => {
            assert_eq!(server.connections(), 0, "nothing must be sent");
            Err(error.to_string())
        }
    }
}

fn polish_call(scope: &Scope) -> Call<'_> {
    scope
        .post("Things_Polish", "/things/polish")
        .previews(PREVIEWS)
}

async fn polish(version: Option<&str>) -> Result<String, String> {
    // Validation makes no difference: the service does not know the operation.
    let lax = target(version, |options| options.validate = false, polish_call).await;
    let strict = target(version, |_| {}, polish_call).await;
    assert_eq!(lax, strict);
    strict
}

async fn put(version: Option<&str>, thing: &Thing) -> Result<String, String> {
    target(version, |_| {}, |scope| put_call(scope, thing)).await
}

fn put_call<'a>(scope: &'a Scope, thing: &Thing) -> Call<'a> {
    scope
        .put("Things_Put", "/things/a")
        .body(Body::Model(thing))
}

#[tokio::test]
async fn an_operation_in_preview_has_its_own_version() {
    let with = |version: &str| Ok(format!("/things/polish?api-version={version}"));
    assert_eq!(polish(None).await, with("2025-06-01-preview"));
    for version in [PREVIEWS[0], PREVIEWS[1], "2027-01-01"] {
        assert_eq!(polish(Some(version)).await, with(version));
    }
}

#[tokio::test]
async fn an_operation_in_preview_is_no_part_of_a_stable_version() {
    for version in ["2024-01-01", "2025-01-01"] {
        let error = polish(Some(version)).await.unwrap_err();
        assert_eq!(
            error,
            format!(
                "Things_Polish is in preview: API version {version} does not have it, but \
                 2025-03-01-preview and 2025-06-01-preview do; name one of these in the client \
                 options, or none"
            )
        );
    }
}

#[tokio::test]
async fn a_member_in_preview_needs_its_version() {
    let shiny = Thing {
        gloss: Some(3),
        ..Thing::default()
    };
    for version in [None, Some("2025-01-01")] {
        let error = put(version, &shiny).await.unwrap_err();
        assert_eq!(
            error,
            "Things_Put: the body is not valid: member `gloss` is in preview: API version \
             2025-01-01 does not have it, but 2025-03-01-preview and 2025-06-01-preview do"
        );
        let plain = put(version, &Thing::default()).await;
        assert!(plain.is_ok(), "{plain:?}");
    }
    for version in [PREVIEWS[0], PREVIEWS[1], "2027-01-01"] {
        let sent = put(Some(version), &shiny).await;
        assert_eq!(sent, Ok(format!("/things/a?api-version={version}")));
    }
}

#[tokio::test]
async fn an_operation_in_preview_accepts_members_in_preview() {
    let shiny = Thing {
        gloss: Some(3),
        ..Thing::default()
    };
    let server = Server::respond(|_| StubResponse::new(200).json(json!({}))).await;
    let client = Client::without_credential(&SERVICE, options(&server)).unwrap();
    let scope = client.root();
    let call = scope.put("Things_Coat", "/things/a").previews(PREVIEWS);
    let call = call.body(Body::Model(&shiny));
    call.send::<Value>(&[200], None).await.unwrap();
    let target = &server.requests()[0].target;
    assert_eq!(target, "/things/a?api-version=2025-06-01-preview");
}

#[tokio::test]
async fn kinds_and_values_in_preview_need_their_versions() {
    let lit = Thing {
        part: Some(Lamp::default().into()),
        ..Thing::default()
    };
    let error = put(None, &lit).await.unwrap_err();
    let expected = "member `part.kind` is \"Lamp\", which is in preview: API version 2025-01-01";
    assert!(error.contains(expected), "{error}");
    let sent = put(Some(PREVIEWS[0]), &lit).await;
    assert!(sent.is_ok(), "{sent:?}");
    let wheel = Thing {
        part: Some(Wheel::default().into()),
        colors: Some(vec![Color::Red]),
        ..Thing::default()
    };
    let sent = put(None, &wheel).await;
    assert!(sent.is_ok(), "{sent:?}");

    let golden = Thing {
        colors: Some(vec![Color::Red, Color::Gold]),
        ..Thing::default()
    };
    for version in [None, Some(PREVIEWS[0])] {
        let error = put(version, &golden).await.unwrap_err();
        let expected = format!(
            "member `colors[1]` is \"gold\", which is in preview: API version {} does not have \
             it, but 2025-06-01-preview does",
            version.unwrap_or("2025-01-01")
        );
        assert!(error.ends_with(&expected), "{error}");
    }
    let sent = put(Some(PREVIEWS[1]), &golden).await;
    assert!(sent.is_ok(), "{sent:?}");
}

#[tokio::test]
async fn clients_that_do_not_validate_send_members_in_preview() {
    let shiny = Thing {
        gloss: Some(3),
        ..Thing::default()
    };
    let lax = |options: &mut ArmClientOptions| options.validate = false;
    let sent = target(None, lax, |scope| put_call(scope, &shiny)).await;
    assert_eq!(sent, Ok("/things/a?api-version=2025-01-01".to_owned()));
}

#[tokio::test]
async fn an_operation_of_older_versions_is_sent_with_one_of_them() {
    fn call(scope: &Scope) -> Call<'_> {
        scope.get("Things_Old", "/old").only_in(&["2024-01-01"])
    }
    let send = async |version: Option<&str>| target(version, |_| {}, call).await;
    for version in [None, Some("2024-01-01")] {
        assert_eq!(send(version).await.unwrap(), "/old?api-version=2024-01-01");
    }
    let error = send(Some("2025-01-01")).await.unwrap_err();
    assert_eq!(
        error,
        "Things_Old is not in API version 2025-01-01, but in 2024-01-01; name one of these in the \
         client options, or none"
    );
    // A version that the description does not have is the caller's.
    let other = send(Some("2026-01-01")).await.unwrap();
    assert_eq!(other, "/old?api-version=2026-01-01");
}
