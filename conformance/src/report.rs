//! What came out, for people and machines.

use crate::finding::Finding;
use serde_json::{Value, json};

/// How an example ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is as the example says.
    Passed,
    /// It is not, because the example contradicts the description.
    Contradictory,
    /// It is not, and nothing explains it.
    Failed,
}

/// An example and how it ended.
#[derive(Debug)]
pub struct Judged {
    /// Id of the operation.
    pub operation: String,
    /// Name of the example.
    pub example: String,
    /// The file that the example stands in.
    pub file: String,
    /// How many answers were tried.
    pub exchanges: usize,
    /// How it ended.
    pub verdict: Verdict,
    /// What is not as the example says.
    pub failures: Vec<Finding>,
    /// Where the example contradicts its description.
    pub contradictions: Vec<Finding>,
}

/// Everything that came out.
#[derive(Debug)]
pub struct Report {
    /// Name of the generated crate.
    pub crate_name: String,
    /// API version of the files.
    pub version: String,
    /// How many operations there are.
    pub operations: usize,
    /// Ids of the operations that have no example.
    pub without_example: Vec<String>,
    /// All examples.
    pub examples: Vec<Judged>,
}

impl Report {
    /// How many examples ended in a way.
    pub fn count(&self, verdict: Verdict) -> usize {
        let all = self.examples.iter();
        all.filter(|example| example.verdict == verdict).count()
    }

    fn exchanges(&self) -> usize {
        self.examples.iter().map(|example| example.exchanges).sum()
    }

    /// A table of figures, below the examples that did not pass and the reasons.
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

    /// All of it as JSON.
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
    /// The failures of the example, and the contradictions that explain them.
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
