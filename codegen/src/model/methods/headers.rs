//! Builds the typed readers of response headers.

use crate::{
    model::{
        docs,
        items::types::Types,
        naming::namer::{Subject, Taken},
        service::{Group, HeaderReader, Module, OperationHeaders, rust_type::RustType},
    },
    names,
    resolve::api::{Format, Header, Operation, Type},
};
use std::collections::{BTreeMap, BTreeSet};

/// Returns a reader for each header that has the same type in all responses.
pub(crate) fn readers(types: &Types<'_>, modules: &[Module]) -> Vec<HeaderReader> {
    let mut readers: BTreeMap<String, HeaderReader> = BTreeMap::new();
    let mut taken = reserved();
    let operations = types.api.operations.iter();
    let several = of_several_types(types);
    for header in operations
        .flat_map(declared)
        .filter(|header| !several.contains(&header.name.to_lowercase()))
    {
        readers
            .entry(header.name.to_lowercase())
            .or_insert_with(|| reader(types, modules, header, &header.name, &mut taken));
    }
    readers.into_values().collect()
}

/// Returns the readers of headers that have several types, for each operation.
pub(crate) fn of_operations(
    types: &Types<'_>,
    modules: &[Module],
    groups: &[Group],
) -> Vec<OperationHeaders> {
    let several = of_several_types(types);
    let methods = groups
        .iter()
        .flat_map(|group| group.methods.iter().map(move |method| (group, method)));
    let traits = methods.filter_map(|(group, method)| {
        let mut operations = types.api.operations.iter();
        let operation = operations.find(|own| own.id == method.operation)?;
        let readers = own_readers(types, modules, operation, &several);
        let (client, name) = (&group.type_name, &method.name);
        (!readers.is_empty()).then(|| OperationHeaders {
            type_name: format!("{client}{}Headers", names::type_name(name)),
            docs: format!(
                "Readers of headers of [`{client}::{name}`](crate::operations::{client}::{name}), \
                 which other operations have with other types. Each fails when the header is there, \
                 but its value is not of the type."
            ),
            readers,
        })
    });
    traits.collect()
}

/// Returns a reader for each of an operation's headers that have several types.
fn own_readers(
    types: &Types<'_>,
    modules: &[Module],
    operation: &Operation,
    several: &BTreeSet<String>,
) -> Vec<HeaderReader> {
    let mut readers: BTreeMap<String, HeaderReader> = BTreeMap::new();
    let mut taken = reserved();
    for header in declared(operation) {
        let wire = header.name.to_lowercase();
        if !several.contains(&wire) {
            continue;
        }
        let ty = header_type(types, header);
        let reader = readers
            .entry(wire.clone())
            .or_insert_with(|| reader(types, modules, header, &wire, &mut taken));
        // The types can differ between responses of one operation, too.
        if reader.ty != ty {
            reader.ty = RustType::String;
            reader.prefix = None;
            reader.features = Vec::new();
        }
    }
    readers.into_values().collect()
}

/// Returns the names that readers cannot have, because a supertrait has methods with these names.
fn reserved() -> Taken {
    Taken::reserved(["header", "headers"], "every response")
}

/// Returns the reader of a header. `name` is the header's name, in the letter case of the
/// description.
fn reader(
    types: &Types<'_>,
    modules: &[Module],
    header: &Header,
    name: &str,
    taken: &mut Taken,
) -> HeaderReader {
    let wire = header.name.to_lowercase();
    let short = names::snake_name(name.trim_start_matches("x-ms-"));
    let longer = format!("{}_header", short.trim_matches('_'));
    let subject = Subject {
        path: &["headers", &wire],
        what: &format!("header `{wire}`"),
    };
    let candidates = [short, names::snake_name(name), longer];
    let what = docs::prose(header.description.as_deref());
    let name_of_all = match &header.prefix {
        Some(prefix) => format!("Headers that begin with {}.", docs::code(prefix)),
        None => format!("Header {}.", docs::code(&header.name)),
    };
    let ty = header_type(types, header);
    HeaderReader {
        name: types.namer.name(subject, candidates, taken),
        wire,
        features: features(modules, &ty),
        prefix: header.prefix.clone(),
        ty,
        docs: docs::sentences([Some(name_of_all), what]),
    }
}

/// Returns the names, in lower case, of headers that do not have the same type in all responses.
fn of_several_types(types: &Types<'_>) -> BTreeSet<String> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for header in types.api.operations.iter().flat_map(declared) {
        let known = found.entry(header.name.to_lowercase()).or_default();
        known.insert(header_type(types, header).to_string());
    }
    let several = found.into_iter().filter(|(_, types)| types.len() > 1);
    several.map(|(name, _)| name).collect()
}

fn declared(operation: &Operation) -> impl Iterator<Item = &Header> {
    let responses = operation.responses.iter();
    responses.flat_map(|response| &response.headers)
}

/// Returns the features of which a model needs at least one.
fn features(modules: &[Module], ty: &RustType) -> Vec<String> {
    let RustType::Model(name) = ty else {
        return Vec::new();
    };
    let found = modules.iter().find_map(|module| {
        let item = module.items.iter().find(|own| own.item.name() == name)?;
        let own = Some(&item.features).filter(|own| !own.is_empty());
        Some(own.unwrap_or(&module.features).clone())
    });
    found.unwrap_or_default()
}

/// Returns the type of a header; text if the type of the description has no format in headers.
fn header_type(types: &Types<'_>, header: &Header) -> RustType {
    if header.prefix.is_some() {
        return RustType::Map(RustType::String.into());
    }
    match types.resolved(&header.ty) {
        ty if types.is_enum(ty) => types.rust(ty),
        Type::String(Format::Password) => RustType::String,
        ty @ (Type::Integer(_) | Type::Number | Type::Boolean | Type::String(_)) => types.rust(ty),
        _ => RustType::String,
    }
}
