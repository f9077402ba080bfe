//! Help, mistakes and exit codes of all commands.

use crate::process::{Run, run_in, services};
use std::{
    path::Path,
    process::{Command, Stdio},
};

const COMMANDS: [&str; 5] = ["codegen", "import", "diff", "conformance", "bench"];

fn run(arguments: &[&str]) -> Run {
    run_in(Path::new("."), arguments)
}

#[test]
fn every_command_prints_help_to_standard_output() {
    let mut all = vec![vec!["--help"], vec!["-h"], vec!["help"]];
    for command in COMMANDS {
        all.push(vec![command, "--help"]);
        all.push(vec!["help", command]);
        all.push(vec![command, "help"]);
    }
    all.push(vec!["bench", "call", "help"]);
    for arguments in all {
        let help = run(&arguments);
        assert_eq!(help.code, Some(0), "{arguments:?}: {}", help.stderr);
        assert_eq!(help.stderr, "", "{arguments:?}");
        for part in ["Usage: cargo xtask", "Exit codes:"] {
            assert!(help.stdout.contains(part), "{arguments:?}: {}", help.stdout);
        }
        let command = arguments.iter().find(|name| COMMANDS.contains(name));
        let names = command.map_or(COMMANDS.to_vec(), |name| vec![*name]);
        for name in names {
            assert!(help.stdout.contains(name), "{arguments:?}: {}", help.stdout);
        }
    }
}

#[test]
fn mistakes_say_what_was_expected() {
    for (arguments, complaint) in [
        (&[][..], "Usage: cargo xtask <COMMAND>"),
        (
            &["confromance"],
            "a similar subcommand exists: 'conformance'",
        ),
        (
            &["codegen", "--chek"],
            "a similar argument exists: '--check'",
        ),
        (&["bench", "compil"], "a similar value exists: 'compile'"),
        (&["bench", "call", "--runs", "0"], "'0' for '--runs <N>'"),
        (&["bench"], "<WHAT>"),
        (&["import"], "--swagger <FILE>..."),
        (
            &["import", "--output", "x.yaml", "--swagger"],
            "a value is required for '--swagger",
        ),
        (
            &["import", "--output", "x.yaml", "--readme", "a.md"],
            "--tag <TAG>",
        ),
        (
            &["import", "--output", "x.yaml", "--tag", "a"],
            "--readme <README.md>",
        ),
        (
            &[
                "import",
                "--swagger",
                "a.json",
                "--output",
                "x",
                "--descriptions",
                "mine",
            ],
            "[possible values: ours, upstream]",
        ),
        (&["conformance"], "--swagger <FILE>..."),
        (&["diff", "a.json"], "<NEW>"),
        (
            &["diff", "a", "b", "--format", "poem"],
            "[possible values: table, json, markdown]",
        ),
        (&["diff", "absent.json", "absent.json"], "absent.json"),
    ] {
        let failed = run(arguments);
        assert_eq!(failed.code, Some(2), "{arguments:?}: {}", failed.stdout);
        assert_eq!(failed.stdout, "", "{arguments:?}");
        assert!(
            failed.stderr.contains(complaint),
            "{arguments:?}: {}",
            failed.stderr
        );
    }
}

#[test]
fn no_progress_bar_is_written_to_a_file() {
    let storage = services().join("storage.json").display().to_string();
    let done = run(&["diff", &storage, &storage]);
    assert_eq!((done.code, &*done.stderr), (Some(0), ""), "{}", done.stdout);
}

#[test]
fn a_closed_pipe_is_an_error_and_not_a_panic() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("cannot write the result"), "{message}");
}
