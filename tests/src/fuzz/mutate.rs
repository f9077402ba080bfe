//! Small changes to valid input, as a simple replacement for a fuzzer.

use crate::random::Random;

/// Fragments that are common in input of all kinds.
const WORDS: [&str; 20] = [
    "null",
    "{}",
    "[]",
    "\"\"",
    "-1",
    "1e999",
    "18446744073709551616",
    "true",
    "~",
    "$ref: '#/components/schemas/A'",
    "type: object",
    "allOf: []",
    "enum: [a, a]",
    "..",
    "%2e",
    "/",
    "Succeeded",
    "http://service/next",
    "\u{0}",
    "🦀",
];

/// Returns the input with a few changes.
pub fn mutated(input: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = input.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes[at] = u8::try_from(random.below(256)).unwrap_or_default(),
            1 => bytes.truncate(at.max(1)),
            2 => drop(bytes.remove(at)),
            3 => insert(&mut bytes, at, random.pick(&WORDS).as_bytes()),
            4 => drop(bytes.drain(line(&bytes, at))),
            _ => {
                let copied = bytes[line(&bytes, at)].to_vec();
                let place = line(&bytes, random.below(bytes.len())).start;
                insert(&mut bytes, place, &copied);
            }
        }
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, more: &[u8]) {
    bytes.splice(at..at, more.iter().copied());
}

/// Returns the line at an index, with its end.
fn line(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n');
    let end = bytes[at..].iter().position(|byte| *byte == b'\n');
    start.map_or(0, |start| start + 1)..end.map_or(bytes.len(), |end| at + end + 1)
}
