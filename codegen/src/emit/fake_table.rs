//! Emits the table of the fake service.

use arm_fake::table::Table;
use serde::Serialize;
use serde_json::Result;

/// Emits `src/fake.json`, with one line for each operation and schema, so that diffs are readable.
pub(super) fn generate(table: &Table) -> Result<String> {
    let schemas = table.schemas.iter();
    let schemas = schemas.map(|(name, one)| {
        let name = serde_json::to_string(name)?;
        Ok(format!("{name}:{}", serde_json::to_string(one)?))
    });
    Ok(format!(
        "{{\n\"provider\":{},\n\"versions\":{},\n\"behavior\":{},\n\"parameters\":[\n{}\n],\n\"operations\":[\n{}\n],\n\
         \"schemas\":{{\n{}\n}}\n}}\n",
        serde_json::to_string(&table.provider)?,
        serde_json::to_string(&table.versions)?,
        serde_json::to_string(&table.behavior)?,
        lines(&table.parameters)?,
        lines(&table.operations)?,
        schemas.collect::<Result<Vec<String>>>()?.join(",\n"),
    ))
}

fn lines(rows: &[impl Serialize]) -> Result<String> {
    let rows = rows.iter().map(serde_json::to_string);
    Ok(rows.collect::<Result<Vec<String>>>()?.join(",\n"))
}
