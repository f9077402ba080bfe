//! Generates a crate in memory from a folder with a `manifest.yaml` and descriptions, and prints
//! how much it is; with a second folder, writes the crate there.

use arm_codegen::output;
use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let specs = args.next().ok_or("usage: generate SPECS [OUTPUT]")?;
    let generated = arm_codegen::generate_folder(&specs)?;
    if let Some(folder) = args.next() {
        output::write(&folder, &generated.files)?;
    }
    let lines: usize = generated
        .files
        .iter()
        .map(|file| file.text.lines().count())
        .sum();
    println!("{} files, {lines} lines", generated.files.len());
    Ok(())
}
