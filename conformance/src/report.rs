//! The report of a run, as text and as JSON.

use crate::finding::Finding;
use serde_json::{Value, json};

/// The verdict on an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The client does what the example says.
    Passed,
    /// It does not, because the example contradicts the description.
    Contradictory,
    /// It does not, and no contradiction explains it.
    Failed,
}

/// An example and its verdict.
#[derive(Debug)]
pub struct Judged {
    /// ID of the operation.
    pub operation: String,
    /// Name of the example.
    pub example: String,
    /// The file that contains the example.
    pub file: String,
    /// How many responses were tried.
    pub exchanges: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The differences from the example.
    pub failures: Vec<Finding>,
    /// Where the example contradicts its description.
    pub contradictions: Vec<Finding>,
}

/// The report of a run.
#[derive(Debug)]
pub struct Report {
    /// Name of the generated crate.
    pub crate_name: String,
    /// API version of the files.
    pub version: String,
    /// How many operations there are.
    pub operations: usize,
    /// IDs of the operations that have no example.
    pub without_example: Vec<String>,
    /// All examples.
    pub examples: Vec<Judged>,
}

impl Report {
    /// Counts the examples with a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let all = self.examples.iter();
        all.filter(|example| example.verdict == verdict).count()
    }

    fn exchanges(&self) -> usize {
        self.examples.iter().map(|example| example.exchanges).sum()
    }

    /// Formats the examples that did not pass with their reasons, then a table of figures.
    pub fn table(&self) -> String {
        let contradictory = "Examples that contradict their own description";
        let mut text = self.section(Verdict::Contradictory, contradictory);
        text += &self.section(Verdict::Failed, "Failures");
        text += &self.figures();
        text
    }

    fn section(&self, verdict: Verdict, title: &str) -> String {
        let all = self.examples.iter();
        let own = all.filter(|example| example.verdict == verdict);
        let examples: Vec<String> = own.map(Judged::reasons).collect();
        if examples.is_empty() {
            return String::new();
        }
        format!("{title}:\n\n{}", examples.concat())
    }

    fn figures(&self) -> String {
        let columns = [
            ("crate", self.crate_name.clone()),
            ("version", self.version.clone()),
            ("operations", self.operations.to_string()),
            ("no example", self.without_example.len().to_string()),
            ("examples", self.examples.len().to_string()),
            ("exchanges", self.exchanges().to_string()),
            ("passed", self.count(Verdict::Passed).to_string()),
            (
                "contradictory",
                self.count(Verdict::Contradictory).to_string(),
            ),
            ("failed", self.count(Verdict::Failed).to_string()),
        ];
        let (mut heads, mut cells) = (Vec::new(), Vec::new());
        for (head, cell) in &columns {
            let width = head.len().max(cell.len());
            heads.push(format!("{head:>width$}"));
            cells.push(format!("{cell:>width$}"));
        }
        format!("{}\n{}\n", heads.join("  "), cells.join("  "))
    }

    /// Converts the report to JSON.
    pub fn json(&self) -> Value {
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
            "details": self.examples.iter().map(Judged::json).collect::<Vec<_>>(),
        })
    }
}

impl Judged {
    /// Formats the failures of an example and the contradictions that explain them.
    fn reasons(&self) -> String {
        let mut text = format!("{} \"{}\"\n  {}\n", self.operation, self.example, self.file);
        for failure in &self.failures {
            text += &format!("  - {failure}\n");
        }
        for contradiction in &self.contradictions {
            if self
                .failures
                .iter()
                .any(|failure| contradiction.explains(failure))
            {
                text += &format!("    because {contradiction}\n");
            }
        }
        text + "\n"
    }

    fn json(&self) -> Value {
        json!({
            "operation": self.operation,
            "example": self.example,
            "file": self.file,
            "exchanges": self.exchanges,
            "verdict": match self.verdict {
                Verdict::Passed => "passed",
                Verdict::Contradictory => "contradictory",
                Verdict::Failed => "failed",
            },
            "failures": findings(&self.failures),
            "contradictions": findings(&self.contradictions),
        })
    }
}

fn findings(all: &[Finding]) -> Vec<Value> {
    let one = |finding: &Finding| {
        json!({
            "part": finding.part.to_string(),
            "pointer": finding.pointer,
            "message": finding.message,
        })
    };
    all.iter().map(one).collect()
}
