//! Numbers and what they are to be.

/// What a benchmark found.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was measured, in a sentence.
    pub title: &'static str,
    /// The name of the other side of all rows, if there is one.
    pub baseline: Option<String>,
    /// What was measured, thing by thing.
    pub rows: Vec<Row>,
    /// What a reader has to know to understand the rows.
    pub notes: Vec<String>,
}

/// One thing, measured on both sides in the same number of runs.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub name: String,
    /// What the numbers count.
    pub unit: Unit,
    /// The number of each run.
    pub ours: Vec<f64>,
    /// The number of the other side in each run; empty when there is nothing to compare with.
    pub theirs: Vec<f64>,
    /// What is to be reached.
    pub target: Option<Target>,
}

/// What numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Thousandths of seconds.
    Milliseconds,
    /// Millions of bytes.
    Megabytes,
    /// Lines of code.
    Lines,
    /// How many in a second.
    PerSecond,
    /// Allocations of memory.
    Allocations,
}

/// What a row is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Ours over theirs, at most.
    RatioAtMost(f64),
    /// Ours over theirs, at least.
    RatioAtLeast(f64),
    /// Ours, at most.
    AtMost(f64),
}

impl Row {
    pub(crate) fn new(name: impl Into<String>, unit: Unit) -> Self {
        Self {
            name: name.into(),
            unit,
            ours: Vec::new(),
            theirs: Vec::new(),
            target: None,
        }
    }

    pub(crate) fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    pub(crate) fn values(mut self, ours: f64, theirs: Option<f64>) -> Self {
        self.ours.push(ours);
        self.theirs.extend(theirs);
        self
    }

    /// The median of the ratios of runs that followed each other.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let pairs = self.ours.iter().zip(&self.theirs);
        median(
            &pairs
                .map(|(ours, theirs)| ours / theirs)
                .collect::<Vec<_>>(),
        )
    }

    /// Whether the target, if there is one, is met.
    pub(crate) fn is_met(&self) -> Option<bool> {
        match self.target? {
            Target::RatioAtMost(most) => Some(self.ratio()? <= most),
            Target::RatioAtLeast(least) => Some(self.ratio()? >= least),
            Target::AtMost(most) => Some(median(&self.ours)? <= most),
        }
    }
}

/// The middle of some numbers.
pub(crate) fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    let odd = sorted.len() % 2 == 1;
    Some(if odd {
        upper
    } else {
        f64::midpoint(sorted[middle - 1], upper)
    })
}

impl Unit {
    /// A number of this unit for people.
    pub(crate) fn show(self, value: f64) -> String {
        match self {
            Self::Seconds => format!("{value:.2} s"),
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::Megabytes => format!("{value:.2} MB"),
            Self::Lines => format!("{value:.0} lines"),
            Self::PerSecond => format!("{value:.0}/s"),
            Self::Allocations => format!("{value:.1}"),
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "per second" => Some(Self::PerSecond),
            "allocations" => Some(Self::Allocations),
            _ => None,
        }
    }
}

impl Target {
    pub(crate) fn show(self, unit: Unit) -> String {
        match self {
            Self::RatioAtMost(most) => format!("≤ {most:.2}"),
            Self::RatioAtLeast(least) => format!("≥ {least:.2}"),
            Self::AtMost(most) => format!("≤ {}", unit.show(most)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, Target, Unit, median};

    #[test]
    fn median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn targets_are_met_by_the_median_of_paired_ratios() {
        let row = |target| {
            let row = Row::new("x", Unit::Seconds).target(target);
            row.values(1.0, Some(10.0)).values(9.0, Some(30.0))
        };
        assert_eq!(row(Target::RatioAtMost(0.2)).is_met(), Some(true));
        assert_eq!(row(Target::RatioAtLeast(0.25)).is_met(), Some(false));
        assert_eq!(row(Target::AtMost(4.0)).is_met(), Some(false));
    }
}
