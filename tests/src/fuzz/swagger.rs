//! Swagger to import.

use super::description;
use arm_codegen::swagger::{Inputs, import};
use std::io::Write;

/// Imports the bytes as a Swagger file, and generates from what comes of it.
///
/// # Panics
///
/// When an imported description cannot be written down, or no temporary file can be made.
pub fn swagger(bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("a file that can be written");
    let inputs = Inputs {
        files: vec![file.path().to_owned()],
        ..Inputs::default()
    };
    // Problems are the right answer to most bytes.
    if let Ok(imported) = import(&inputs) {
        description(imported.to_yaml().as_bytes());
    }
}
