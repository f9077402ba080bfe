//! What came out, for people and machines.

use super::finding::Finding;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// How an example ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All is as the example says.
    Passed,
    /// It is not, because the example contradicts the description.
    Contradictory,
    /// It is not, and nothing explains it.
    Failed,
}

/// An example and how it ended.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) operation: String,
    pub(super) example: String,
    pub(super) file: String,
    pub(super) exchanges: usize,
    pub(super) verdict: Verdict,
    pub(super) failures: Vec<Finding>,
    pub(super) contradictions: Vec<Finding>,
}

/// Everything that came out.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) crate_name: String,
    pub(super) version: String,
    pub(super) operations: usize,
    pub(super) without_example: Vec<String>,
    pub(super) examples: Vec<Judged>,
}

impl Report {
    /// How many examples ended in a way.
    pub(super) fn count(&self, verdict: Verdict) -> usize {
        let all = self.examples.iter();
        all.filter(|example| example.verdict == verdict).count()
    }

    fn exchanges(&self) -> usize {
        self.examples.iter().map(|example| example.exchanges).sum()
    }

    /// A table, and the reasons below it.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        for (verdict, title) in [
            (
                Verdict::Contradictory,
                "Examples that contradict their own description",
            ),
            (Verdict::Failed, "Failures"),
        ] {
            let mut all = self
                .examples
                .iter()
                .filter(|e| e.verdict == verdict)
                .peekable();
            if all.peek().is_some() {
                let _ = writeln!(text, "{title}:\n");
            }
            for example in all {
                let _ = writeln!(
                    text,
                    "{} \"{}\"\n  {}",
                    example.operation, example.example, example.file
                );
                for failure in &example.failures {
                    let _ = writeln!(text, "  - {failure}");
                }
                let explaining = example.contradictions.iter().filter(|contradiction| {
                    let mut all = example.failures.iter();
                    all.any(|failure| contradiction.explains(failure))
                });
                for contradiction in explaining {
                    let _ = writeln!(text, "    because {contradiction}");
                }
                text.push('\n');
            }
        }
        let head = [
            "crate",
            "version",
            "operations",
            "no example",
            "examples",
            "exchanges",
            "passed",
            "contradictory",
            "failed",
        ];
        let row = [
            self.crate_name.clone(),
            self.version.clone(),
            self.operations.to_string(),
            self.without_example.len().to_string(),
            self.examples.len().to_string(),
            self.exchanges().to_string(),
            self.count(Verdict::Passed).to_string(),
            self.count(Verdict::Contradictory).to_string(),
            self.count(Verdict::Failed).to_string(),
        ];
        let widths: Vec<usize> = head
            .iter()
            .zip(&row)
            .map(|(a, b)| a.len().max(b.len()))
            .collect();
        for cells in [head.map(str::to_owned), row] {
            let cells: Vec<String> = cells
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:>width$}"))
                .collect();
            let _ = writeln!(text, "{}", cells.join("  "));
        }
        text
    }

    /// All of it as JSON.
    pub(super) fn json(&self) -> Value {
        let findings = |all: &[Finding]| -> Vec<Value> {
            let one = |f: &Finding| {
                json!({
                    "part": f.part.to_string(),
                    "pointer": f.pointer,
                    "message": f.message,
                })
            };
            all.iter().map(one).collect()
        };
        let example = |example: &Judged| {
            json!({
                "operation": example.operation,
                "example": example.example,
                "file": example.file,
                "exchanges": example.exchanges,
                "verdict": match example.verdict {
                    Verdict::Passed => "passed",
                    Verdict::Contradictory => "contradictory",
                    Verdict::Failed => "failed",
                },
                "failures": findings(&example.failures),
                "contradictions": findings(&example.contradictions),
            })
        };
        json!({
            "crate": self.crate_name,
            "version": self.version,
            "operations": self.operations,
            "withoutExample": self.without_example,
            "examples": self.examples.len(),
            "exchanges": self.exchanges(),
            "passed": self.count(Verdict::Passed),
            "contradictory": self.count(Verdict::Contradictory),
            "failed": self.count(Verdict::Failed),
            "details": self.examples.iter().map(example).collect::<Vec<_>>(),
        })
    }
}
