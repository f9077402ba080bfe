//! Large synthetic descriptions: an existing one, repeated under other names.

use crate::error::Error;
use serde_yaml::{Mapping, Value};
use std::{fs, path::Path};

const SCHEMAS: &str = "#/components/schemas/";

/// Sections of a manifest that may name what only other versions have.
const OF_ALL_VERSIONS: [&str; 4] = ["examples", "fake", "names", "read-only"];

/// Writes a folder like `specs` with only the default version, its description repeated `times`
/// times.
pub(crate) fn write(specs: &Path, folder: &Path, times: usize) -> Result<(), Error> {
    let manifest: Value = read(&specs.join("manifest.yaml"))?;
    let version = manifest["default"].as_str().unwrap_or_default().to_owned();
    let one: Value = read(&specs.join(format!("{version}.yaml")))?;
    let provider = manifest["provider"].as_str().unwrap_or_default();
    let mut all = one.clone();
    for copy in 2..=times {
        let suffix = format!("Copy{copy}");
        add(&mut all, &one, provider, &suffix);
    }
    let mut manifest = manifest.clone();
    let mut only = Mapping::new();
    only.insert("version".into(), version.clone().into());
    manifest["versions"] = Value::Sequence(vec![only.into()]);
    if let Some(manifest) = manifest.as_mapping_mut() {
        for section in OF_ALL_VERSIONS {
            manifest.remove(section);
        }
    }
    fs::create_dir_all(folder).map_err(Error::at(folder))?;
    save(&folder.join("manifest.yaml"), &manifest)?;
    save(&folder.join(format!("{version}.yaml")), &all)
}

fn read(path: &Path) -> Result<Value, Error> {
    let text = fs::read_to_string(path).map_err(Error::at(path))?;
    serde_yaml::from_str(&text).map_err(Error::at(path))
}

fn save(path: &Path, value: &Value) -> Result<(), Error> {
    let text = serde_yaml::to_string(value).map_err(Error::at(path))?;
    fs::write(path, text).map_err(Error::at(path))
}

/// Adds the paths and schemas of `one` under other names.
fn add(all: &mut Value, one: &Value, provider: &str, suffix: &str) {
    let provider = format!("{provider}/");
    copy(&mut all["paths"], &one["paths"], suffix, |path| {
        after(path, &provider, suffix)
    });
    let schemas = &one["components"]["schemas"];
    copy(&mut all["components"]["schemas"], schemas, suffix, |name| {
        format!("{name}{suffix}")
    });
}

fn copy(to: &mut Value, from: &Value, suffix: &str, rename: impl Fn(&str) -> String) {
    let (Some(to), Some(from)) = (to.as_mapping_mut(), from.as_mapping()) else {
        return;
    };
    for (name, value) in from {
        let mut value = value.clone();
        distinguish(&mut value, suffix);
        to.insert(rename(name.as_str().unwrap_or_default()).into(), value);
    }
}

/// Appends the suffix to the path segment that follows the provider.
fn after(path: &str, provider: &str, suffix: &str) -> String {
    let Some((front, rest)) = path.split_once(provider) else {
        return format!("{path}{suffix}");
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let (segment, rest) = rest.split_at(end);
    format!("{front}{provider}{segment}{suffix}{rest}")
}

/// Renames references, operations and their groups.
fn distinguish(value: &mut Value, suffix: &str) {
    match value {
        Value::String(text) if text.starts_with(SCHEMAS) => text.push_str(suffix),
        Value::Sequence(items) => items.iter_mut().for_each(|item| distinguish(item, suffix)),
        Value::Mapping(members) => {
            group(members, suffix);
            members
                .iter_mut()
                .for_each(|(_, member)| distinguish(member, suffix));
        }
        _ => {}
    }
}

fn group(members: &mut Mapping, suffix: &str) {
    if let Some(Value::String(id)) = members.get_mut("operationId") {
        *id = id.replacen('_', &format!("{suffix}_"), 1);
        if let Some(Value::Sequence(tags)) = members.get_mut("tags") {
            for tag in tags {
                *tag = Value::String(format!("{}{suffix}", tag.as_str().unwrap_or_default()));
            }
        }
    }
}
