//! Generates a crate in memory from a folder with a `manifest.yaml` and descriptions, and prints
//! how much it is; with a second folder, writes the crate there. Names that had to be changed are no
//! error.

use arm_codegen::output;
use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let specs = args.next().ok_or("usage: generate SPECS [OUTPUT]")?;
    let (manifest, descriptions) = arm_codegen::read_folder(&specs)?;
    let generated = arm_codegen::generate(&manifest, &descriptions)?;
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
