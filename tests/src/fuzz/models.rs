//! Random JSON for models.

use crate::generated::MODELS;

/// Reads the bytes as a model; the first two bytes select the model.
///
/// # Panics
///
/// If a model cannot read what it writes.
pub fn models(bytes: &[u8]) {
    let [first, second, json @ ..] = bytes else {
        return;
    };
    let index = usize::from(u16::from_le_bytes([*first, *second]));
    let (name, round_trip) = MODELS[index % MODELS.len()];
    let Ok(once) = round_trip(&String::from_utf8_lossy(json)) else {
        return;
    };
    let twice = round_trip(&once.json).expect("a model reads what it writes");
    assert_eq!(once.json, twice.json, "{name}");
}
