use arm_runtime::{
    ArmClientOptions, Body, Client, ClientMethodOptions, ListPage, Pager, PagerOptions, Parameter,
    Poller, PollerOptions, Response, Result, Scope, Service, TokenCredential, Validate,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

static SERVICE: Service = Service {
    crate_name: Some("arm_things"),
    crate_version: Some("0.1.0"),
    name: "Things",
    provider: "Microsoft.Things",
    api_versions: &["2025-01-01"],
    default_api_version: "2025-01-01",
};
static NAME: Parameter = Parameter::new("thingName")
    .argument("thing_name")
    .max_length(20);

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Thing {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

impl Validate for Thing {}

#[derive(Debug, Deserialize)]
pub struct ThingPage {
    pub value: Option<Vec<Thing>>,
    #[serde(rename = "nextLink")]
    pub next_link: Option<String>,
}

impl ListPage for ThingPage {
    type Item = Thing;

    fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    fn into_items(self) -> Vec<Thing> {
        self.value.unwrap_or_default()
    }
}

#[derive(Clone, Debug)]
pub struct Things {
    scope: Scope,
}

impl Things {
    pub fn new(
        credential: Arc<dyn TokenCredential>,
        options: Option<ArmClientOptions>,
    ) -> Result<Self> {
        let scope = Client::new(&SERVICE, credential, options)?.root();
        Ok(Self { scope })
    }

    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    pub async fn get(
        &self,
        thing_name: &str,
        options: Option<ClientMethodOptions<'_>>,
    ) -> Result<Response<Thing>> {
        let call = self.scope.get("Things_Get", "/things/{thingName}");
        call.path(&NAME, thing_name).send(&[200], options).await
    }

    pub async fn update<'b>(
        &self,
        thing_name: &str,
        body: impl Into<Body<'b, Thing>>,
        options: Option<ClientMethodOptions<'_>>,
    ) -> Result<Response<Thing>> {
        let call = self.scope.patch("Things_Update", "/things/{thingName}");
        let call = call.path(&NAME, thing_name).body(body.into());
        call.send(&[200], options).await
    }

    pub fn begin_create_or_update<'b>(
        &self,
        thing_name: &str,
        body: impl Into<Body<'b, Thing>>,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<Thing>> {
        let call = self
            .scope
            .put("Things_CreateOrUpdate", "/things/{thingName}");
        let call = call.path(&NAME, thing_name).body(body.into());
        call.begin(None, options)
    }

    pub fn resume_create_or_update(
        &self,
        token: &str,
        options: Option<PollerOptions<'_>>,
    ) -> Result<Poller<Thing>> {
        self.scope.resume("Things_CreateOrUpdate", token, options)
    }

    pub fn list(&self, options: Option<PagerOptions<'_>>) -> Result<Pager<ThingPage>> {
        self.scope
            .get("Things_List", "/things")
            .pager(&[200], options)
    }
}
