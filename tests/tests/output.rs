//! Files on disk are written only where they differ, and completely or not at all.

use arm_codegen::{
    emit::File,
    output::{self, Drift},
};
use arm_tests::generator::small;
use std::{
    collections::BTreeMap,
    fs::{self, FileTimes},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// Creates an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("output")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("a folder to remove");
    }
    fs::create_dir_all(&folder).expect("a folder to write to");
    folder
}

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn files() -> Vec<File> {
    vec![
        file("Cargo.toml", "[package]\n"),
        file("src/lib.rs", "mod a;\n"),
        file("src/models/a.rs", "struct A;\n"),
    ]
}

/// Returns all files below a folder; folders end with a slash.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    fn visit(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            if path.is_dir() {
                found.insert(format!("{prefix}{name}/"), String::new());
                visit(&path, &format!("{prefix}{name}/"), found);
            } else {
                let text = fs::read_to_string(&path).expect("a text");
                found.insert(format!("{prefix}{name}"), text);
            }
        }
    }
    let mut found = BTreeMap::new();
    visit(folder, "", &mut found);
    found
}

fn drift(new: &[&str], changed: &[&str], stale: &[&str]) -> Drift {
    let list = |all: &[&str]| all.iter().map(|&path| path.to_owned()).collect();
    Drift {
        new: list(new),
        changed: list(changed),
        stale: list(stale),
    }
}

/// Sets an old modification time, so that a write can be detected.
fn age(path: &Path) -> SystemTime {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let file = fs::File::options().write(true).open(path).expect("a file");
    file.set_times(FileTimes::new().set_modified(time))
        .expect("a time");
    time
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path)
        .and_then(|data| data.modified())
        .expect("a time")
}

#[test]
fn a_first_run_writes_all() {
    let folder = folder("first");
    let all = ["Cargo.toml", "src/lib.rs", "src/models/a.rs"];
    let found = output::write(&folder, &files()).expect("written");
    assert_eq!(found, drift(&all, &[], &[]));
    for file in files() {
        assert_eq!(
            fs::read_to_string(folder.join(&file.path)).expect("a file"),
            file.text
        );
    }
    assert!(
        !tree(&folder).keys().any(|path| path.contains('~')),
        "nothing is left behind"
    );
}

#[test]
fn a_second_run_touches_nothing() {
    let folder = folder("second");
    output::write(&folder, &files()).expect("written");
    let paths: Vec<PathBuf> = files().iter().map(|file| folder.join(&file.path)).collect();
    let times: Vec<SystemTime> = paths.iter().map(|path| age(path)).collect();
    let found = output::write(&folder, &files()).expect("written");
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        paths.iter().map(|path| modified(path)).collect::<Vec<_>>(),
        times
    );
}

#[test]
fn only_what_differs_is_written() {
    let folder = folder("differs");
    output::write(&folder, &files()).expect("written");
    let untouched = folder.join("src/lib.rs");
    let time = age(&untouched);
    let mut changed = files();
    changed[2].text.push_str("struct B;\n");
    changed.push(file("src/b.rs", "\n"));
    let found = output::write(&folder, &changed).expect("written");
    assert_eq!(found, drift(&["src/b.rs"], &["src/models/a.rs"], &[]));
    assert_eq!(modified(&untouched), time);
    assert_eq!(tree(&folder)["src/models/a.rs"], "struct A;\nstruct B;\n");
    assert!(
        output::compare(&folder, &changed)
            .expect("compared")
            .is_empty()
    );
}

#[test]
fn stale_files_are_removed_and_other_files_kept() {
    let folder = folder("stale");
    output::write(&folder, &files()).expect("written");
    let stale = ["docs/old/list.md", "src/models/old.rs", "src/old.rs"];
    let others = [
        "build.rs",
        "docs/logo.svg",
        "notes.md",
        "rustfmt.toml",
        "src/notes.md",
        "tests/own.rs",
    ];
    for path in others.iter().chain(&stale) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, "kept\n").expect("a file");
    }
    let found = output::write(&folder, &files()).expect("written");
    assert_eq!(found, drift(&[], &[], &stale));
    let left = tree(&folder);
    for path in stale {
        assert!(!left.contains_key(path), "{path}");
    }
    for path in others {
        assert_eq!(left[path], "kept\n");
    }
}

#[test]
fn compare_writes_nothing() {
    let folder = folder("compare");
    let found = output::compare(&folder, &files()).expect("compared");
    assert_eq!(found.new.len(), 3);
    assert!(tree(&folder).is_empty());

    fs::create_dir_all(folder.join("src")).expect("a folder");
    fs::write(folder.join("src/lib.rs"), "other").expect("a file");
    fs::write(folder.join("src/old.rs"), "old").expect("a file");
    let before = tree(&folder);
    let found = output::compare(&folder, &files()).expect("compared");
    assert_eq!(
        found,
        drift(
            &["Cargo.toml", "src/models/a.rs"],
            &["src/lib.rs"],
            &["src/old.rs"]
        )
    );
    assert!(!found.is_empty());
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_folder_in_place_of_a_file_changes_nothing() {
    let folder = folder("in_place");
    fs::create_dir_all(folder.join("src/lib.rs")).expect("a folder");
    fs::write(folder.join("src/old.rs"), "old").expect("a file");
    let before = tree(&folder);
    output::write(&folder, &files()).expect_err("a folder is no file");
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_file_in_place_of_a_folder_changes_nothing() {
    let folder = folder("no_folder");
    fs::write(folder.join("src"), "a file").expect("a file");
    let before = tree(&folder);
    output::write(&folder, &files()).expect_err("a file is no folder");
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_write_that_fails_half_way_changes_nothing() {
    let folder = folder("half_way");
    output::write(&folder, &files()).expect("written");
    let mut changed = files();
    for file in &mut changed {
        file.text.push_str("// changed\n");
    }
    // The last file cannot be written next to its destination; the first ones could.
    fs::create_dir_all(folder.join("src/models/a.rs.new~")).expect("a folder");
    fs::write(folder.join("src/old.rs"), "old").expect("a file");
    let before = tree(&folder);
    output::write(&folder, &changed).expect_err("a folder is in the way");
    assert_eq!(tree(&folder), before);
}

#[test]
fn a_folder_that_cannot_be_created_changes_nothing() {
    let folder = folder("no_parent");
    output::write(&folder, &files()).expect("written");
    let mut changed = files();
    changed[0].text.push_str("# changed\n");
    // `a.rs` is a file: comparing fails before anything is written.
    changed.push(file("src/models/a.rs/b.rs", "\n"));
    let before = tree(&folder);
    output::write(&folder, &changed).expect_err("a file is no folder");
    assert_eq!(tree(&folder), before);
}

#[test]
fn paths_stay_inside_the_crate() {
    for name in arm_tests::generator::SMALL {
        for file in small(name).files {
            let inside = file
                .path
                .split('/')
                .all(|part| !matches!(part, "" | "." | ".."));
            assert!(inside && !file.path.contains('\\'), "{}", file.path);
        }
    }
}
