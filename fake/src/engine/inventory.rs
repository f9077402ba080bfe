//! Resource Manager's own lists of resources of all types.

use super::{
    context::Engine,
    exchange::{Refusal, Response, refuse},
    filter::Filter,
    state::{Resource, group_key, key},
};
use azure_core::time::to_rfc3339;
use serde_json::{Map, Value, json};

/// The members of a resource that Resource Manager stores itself.
const MEMBERS: [&str; 9] = [
    "id",
    "name",
    "type",
    "location",
    "tags",
    "kind",
    "sku",
    "identity",
    "managedBy",
];

impl Engine<'_> {
    /// Lists the resources of a subscription or a group that have a location.
    pub(crate) fn list_resources(
        &self,
        subscription: &str,
        group: Option<&str>,
    ) -> Result<Response, Refusal> {
        let filter = self.filter()?;
        let known = [
            "resourcetype",
            "name",
            "location",
            "resourcegroup",
            "tagname",
            "tagvalue",
            "id",
        ];
        self.check_filter_members(filter.as_ref(), &known)?;
        let scope = match group {
            Some(group) => {
                self.check_group(subscription, group, false)?;
                group_key(subscription, group)
            }
            None => key(&format!("/subscriptions/{subscription}")),
        };
        let prefix = format!("{scope}/");
        let all = self.state.store.resources.range(prefix.clone()..);
        let all = all.take_while(|(key, _)| key.starts_with(&prefix));
        let items = all.filter_map(|(_, resource)| self.inventory_item(resource));
        let wanted = items.filter(|item| {
            let tags = item.get("tags").unwrap_or(&Value::Null);
            let member = |name: &str| member(item, name);
            filter
                .as_ref()
                .is_none_or(|filter| filter.matches_tagged(tags, &member))
        });
        let most = self.number(&["$top"])?.unwrap_or(usize::MAX);
        Ok(Response::json(
            200,
            json!({"value": wanted.take(most).collect::<Vec<Value>>()}),
        ))
    }

    /// Returns what Resource Manager stores about a resource; `None` for one without a location.
    fn inventory_item(&self, resource: &Resource) -> Option<Value> {
        let value = self.render(resource, self.visible());
        value.get("location")?;
        let mut item = Map::new();
        for name in MEMBERS {
            if let Some(member) = value.get(name) {
                item.insert(name.to_owned(), member.clone());
            }
        }
        item.insert("id".to_owned(), json!(resource.id));
        item.insert("name".to_owned(), json!(resource.name));
        item.insert("type".to_owned(), json!(resource.resource_type));
        for name in self
            .request
            .parameter("$expand")
            .unwrap_or_default()
            .split(',')
        {
            let value = match name.trim() {
                "createdTime" => to_rfc3339(&resource.created),
                "changedTime" => to_rfc3339(&resource.changed),
                "provisioningState" => resource.provisioning.clone(),
                _ => continue,
            };
            item.insert(name.trim().to_owned(), Value::from(value));
        }
        Some(Value::Object(item))
    }

    /// Parses the condition of `$filter`.
    pub(crate) fn filter(&self) -> Result<Option<Filter>, Refusal> {
        let text = self.request.parameter("$filter");
        match text
            .filter(|text| !text.trim().is_empty())
            .map(Filter::parse)
        {
            None => Ok(None),
            Some(Ok(filter)) => Ok(Some(filter)),
            Some(Err(problem)) => refuse(
                400,
                "InvalidFilterInQueryString",
                format!("`$filter` is not valid: {problem}"),
            ),
        }
    }

    /// Checks that a filter names only known members.
    pub(crate) fn check_filter_members(
        &self,
        filter: Option<&Filter>,
        known: &[&str],
    ) -> Result<(), Refusal> {
        let named = filter.map(Filter::members).unwrap_or_default();
        let is_known = |name: &&str| known.iter().any(|one| one.eq_ignore_ascii_case(name));
        match named.into_iter().find(|name| !is_known(name)) {
            None => Ok(()),
            Some(name) => refuse(
                400,
                "InvalidFilterInQueryString",
                format!(
                    "`$filter` does not support '{name}'; supported are {}",
                    known.join(", ")
                ),
            ),
        }
    }
}

fn member(item: &Value, name: &str) -> Option<Value> {
    match name.to_ascii_lowercase().as_str() {
        "resourcetype" => item.get("type").cloned(),
        "resourcegroup" => {
            let id = item.get("id")?.as_str()?;
            let mut segments = id.split('/');
            segments.find(|segment| segment.eq_ignore_ascii_case("resourceGroups"))?;
            Some(Value::from(segments.next()?))
        }
        other => item.get(other).cloned(),
    }
}
