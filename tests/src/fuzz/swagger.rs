//! Random Swagger files.

use super::description;
use arm_codegen::swagger::{Inputs, import};
use std::io::Write;

/// Imports the bytes as a Swagger file, and generates a crate from the result.
///
/// # Panics
///
/// If an imported description cannot be serialized, or no temporary file can be created.
pub fn swagger(bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("a file that can be written");
    let inputs = Inputs {
        files: vec![file.path().to_owned()],
        ..Inputs::default()
    };
    // Most bytes are not valid, so problems are expected.
    if let Ok(imported) = import(&inputs) {
        description(imported.to_yaml().as_bytes());
    }
}
