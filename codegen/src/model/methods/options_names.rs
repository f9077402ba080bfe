//! Shortens the names of options types.

use crate::model::service::{Group, Module};
use std::collections::HashSet;

/// Greatest length of a name that is not shortened, in characters.
const LONGEST: usize = 50;

/// Gives options types with longer names shorter ones: without `Client`, and without `Begin` too if
/// that is not enough. Documentation finds them by their usual names nevertheless.
pub(crate) fn shorten(groups: &mut [Group], modules: &[Module]) {
    let models = modules.iter().flat_map(Module::types);
    let mut taken: HashSet<String> = models.map(|item| item.name().to_owned()).collect();
    for group in &*groups {
        taken.insert(group.type_name.clone());
        let methods = group.methods.iter();
        taken.extend(methods.map(|method| method.options.type_name.clone()));
    }
    for group in groups {
        let client = &group.type_name;
        let short_client = client.strip_suffix("Client").unwrap_or(client);
        for options in group.methods.iter_mut().map(|method| &mut method.options) {
            let own = options.type_name.strip_prefix(client.as_str());
            let Some(own) = own.filter(|_| options.type_name.len() > LONGEST) else {
                continue;
            };
            let shortest = own.strip_prefix("Begin").unwrap_or(own);
            let names = [own, shortest].map(|own| format!("{short_client}{own}"));
            let mut free = names.into_iter().filter(|name| !taken.contains(name));
            let name = free.next().map(|first| match free.next() {
                Some(second) if first.len() > LONGEST => second,
                _ => first,
            });
            if let Some(name) = name {
                taken.insert(name.clone());
                options.alias = Some(std::mem::replace(&mut options.type_name, name));
            }
        }
    }
}
