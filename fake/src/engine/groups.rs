//! Resource groups.

use super::{
    changes::normal_location,
    context::Engine,
    exchange::{Refusal, Response, refuse},
    filter::Filter,
    operation::{Effect, Outcome},
    state::{Group, group_key},
};
use serde_json::{Value, json};

impl Engine<'_> {
    /// Handles a request for a resource group.
    pub(crate) fn group(&mut self, subscription: &str, name: &str) -> Result<Response, Refusal> {
        check_name(name)?;
        match self.request.method() {
            "GET" => {
                self.poll_group(subscription, name);
                let group = self.existing_group(subscription, name)?;
                Ok(Response::json(200, group_json(group)))
            }
            "HEAD" => Ok(Response::empty(
                match self.existing_group(subscription, name) {
                    Ok(_) => 204,
                    Err(_) => 404,
                },
            )),
            "PUT" => self.put_group(subscription, name),
            "PATCH" => self.patch_group(subscription, name),
            "DELETE" => self.delete_group(subscription, name),
            _ => self.method_not_allowed("DELETE, GET, HEAD, PATCH, PUT"),
        }
    }

    pub(crate) fn list_groups(&self, subscription: &str) -> Result<Response, Refusal> {
        let filter = self.group_filter()?;
        let groups = self.state.store.groups.values();
        let own = groups.filter(|group| group.subscription.eq_ignore_ascii_case(subscription));
        let wanted = own.filter(|group| {
            let member = |name: &str| group_member(group, name);
            filter
                .as_ref()
                .is_none_or(|filter| filter.matches_tagged(&group.tags, &member))
        });
        let most = self.number(&["$top"])?.unwrap_or(usize::MAX);
        let value: Vec<Value> = wanted.take(most).map(group_json).collect();
        Ok(Response::json(200, json!({ "value": value })))
    }

    fn group_filter(&self) -> Result<Option<Filter>, Refusal> {
        let filter = self.filter()?;
        let known = ["name", "location", "tagname", "tagvalue"];
        self.check_filter_members(filter.as_ref(), &known)?;
        Ok(filter)
    }

    fn put_group(&mut self, subscription: &str, name: &str) -> Result<Response, Refusal> {
        let body = self.own_body()?;
        let Some(location) = body.get("location").and_then(Value::as_str) else {
            return refuse(400, "LocationRequired", "a resource group needs a location");
        };
        let location = normal_location(location);
        check_tags(&body)?;
        let key = group_key(subscription, name);
        let known = self.state.store.groups.get(&key);
        if let Some(known) = known {
            check_not_deleting(known)?;
            if known.location != location {
                let message = format!(
                    "the resource group '{name}' is in '{}' and cannot be moved to '{location}'",
                    known.location
                );
                return refuse(409, "InvalidResourceGroupLocation", message);
            }
        }
        let status = if known.is_some() { 200 } else { 201 };
        let group = Group {
            subscription: subscription.to_owned(),
            name: known.map_or_else(|| name.to_owned(), |known| known.name.clone()),
            location,
            tags: given_tags(&body).unwrap_or_else(|| json!({})),
            managed_by: text(&body, "managedBy"),
            deleting: None,
        };
        let response = Response::json(status, group_json(&group));
        self.state.store.groups.insert(key, group);
        Ok(response)
    }

    fn patch_group(&mut self, subscription: &str, name: &str) -> Result<Response, Refusal> {
        check_not_deleting(self.existing_group(subscription, name)?)?;
        let body = self.own_body()?;
        check_tags(&body)?;
        let key = group_key(subscription, name);
        let group = self.state.store.groups.get_mut(&key);
        Ok(group.map_or_else(
            || Response::empty(404),
            |group| {
                if let Some(tags) = given_tags(&body) {
                    group.tags = tags;
                }
                Response::json(200, group_json(group))
            },
        ))
    }

    /// Starts the deletion of a group with everything in it; Resource Manager responds with 202.
    fn delete_group(&mut self, subscription: &str, name: &str) -> Result<Response, Refusal> {
        self.existing_group(subscription, name)?;
        let key = group_key(subscription, name);
        let outcome = Outcome::Nothing(200);
        let id = self.start(Some(key.clone()), Effect::Remove, outcome);
        if let Some(group) = self.state.store.groups.get_mut(&key) {
            group.deleting = Some(id.clone());
        }
        self.finish_instant(&id);
        let version = self.request.parameter("api-version").unwrap_or_default();
        let link = format!(
            "{}/subscriptions/{subscription}/operationresults/{id}?api-version={version}",
            self.origin
        );
        let response = Response::empty(202).header("Location", link);
        Ok(self.with_retry_after(response, &id))
    }

    fn poll_group(&mut self, subscription: &str, name: &str) {
        let group = self.state.store.groups.get(&group_key(subscription, name));
        if let Some(id) = group.and_then(|group| group.deleting.clone()) {
            self.poll(&id);
        }
    }

    fn existing_group(&self, subscription: &str, name: &str) -> Result<&Group, Refusal> {
        match self.state.store.groups.get(&group_key(subscription, name)) {
            Some(group) => Ok(group),
            None => no_group(name),
        }
    }

    /// Checks that the group of a request exists, if groups have to be created, and that it is not
    /// being deleted when something is created in it.
    pub(crate) fn check_group(
        &self,
        subscription: &str,
        name: &str,
        creates: bool,
    ) -> Result<(), Refusal> {
        match self.state.store.groups.get(&group_key(subscription, name)) {
            Some(group) if creates => check_not_deleting(group),
            Some(_) => Ok(()),
            None if self.state.requires_groups => no_group(name),
            None => Ok(()),
        }
    }

    /// Creates the group of a new resource, unless groups have to be created first.
    pub(crate) fn ensure_group(&mut self, subscription: &str, name: &str, location: Option<&str>) {
        let groups = &mut self.state.store.groups;
        groups
            .entry(group_key(subscription, name))
            .or_insert_with(|| Group {
                subscription: subscription.to_owned(),
                name: name.to_owned(),
                location: normal_location(location.unwrap_or("westeurope")),
                tags: json!({}),
                managed_by: None,
                deleting: None,
            });
    }
}

/// Checks the name of a group by the rules of Resource Manager.
fn check_name(name: &str) -> Result<(), Refusal> {
    let is_allowed = |letter: char| letter.is_alphanumeric() || "-._()".contains(letter);
    let length = name.chars().count();
    if name.chars().all(is_allowed) && length <= 90 && !name.ends_with('.') {
        return Ok(());
    }
    let message = format!(
        "the resource group name '{name}' is not valid: expected 90 characters or fewer, each a \
         letter, a digit, '-', '.', '(', ')' or '_', the last one not '.'"
    );
    refuse(400, "InvalidResourceGroup", message)
}

fn given_tags(body: &Value) -> Option<Value> {
    body.get("tags").filter(|tags| !tags.is_null()).cloned()
}

/// Checks that tags are texts by name.
fn check_tags(body: &Value) -> Result<(), Refusal> {
    let are_texts = match given_tags(body) {
        None => true,
        Some(Value::Object(tags)) => tags.values().all(Value::is_string),
        Some(_) => false,
    };
    if are_texts {
        return Ok(());
    }
    let message = "`tags` must be an object whose members are texts";
    refuse(400, "InvalidRequestContent", message)
}

fn no_group<T>(name: &str) -> Result<T, Refusal> {
    let message = format!("there is no resource group '{name}'");
    refuse(404, "ResourceGroupNotFound", message)
}

fn check_not_deleting(group: &Group) -> Result<(), Refusal> {
    match group.deleting {
        None => Ok(()),
        Some(_) => refuse(
            409,
            "ResourceGroupBeingDeleted",
            format!("the resource group '{}' is being deleted", group.name),
        ),
    }
}

fn group_json(group: &Group) -> Value {
    let state = match group.deleting {
        Some(_) => "Deleting",
        None => "Succeeded",
    };
    let mut value = json!({
        "id": format!("/subscriptions/{}/resourceGroups/{}", group.subscription, group.name),
        "name": group.name,
        "type": "Microsoft.Resources/resourceGroups",
        "location": group.location,
        "tags": group.tags,
        "properties": {"provisioningState": state},
    });
    if let (Value::Object(members), Some(by)) = (&mut value, &group.managed_by) {
        members.insert("managedBy".to_owned(), json!(by));
    }
    value
}

fn group_member(group: &Group, name: &str) -> Option<Value> {
    match name.to_ascii_lowercase().as_str() {
        "name" => Some(json!(group.name)),
        "location" => Some(json!(group.location)),
        _ => None,
    }
}

fn text(body: &Value, name: &str) -> Option<String> {
    body.get(name).and_then(Value::as_str).map(str::to_owned)
}
