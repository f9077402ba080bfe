//! Measured numbers and their targets.

/// The results of a benchmark.
#[derive(Clone, Debug)]
pub struct Report {
    /// Title: what was measured.
    pub title: &'static str,
    /// Name of the baseline of all rows, if there is one.
    pub baseline: Option<String>,
    /// The rows, one for each measured quantity.
    pub rows: Vec<Row>,
    /// Explanations of the rows.
    pub notes: Vec<String>,
}

/// One quantity, measured on both sides in the same number of runs.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub name: String,
    /// Unit of the numbers.
    pub unit: Unit,
    /// Our number in each run.
    pub ours: Vec<f64>,
    /// The baseline's number in each run; empty if there is no baseline.
    pub theirs: Vec<f64>,
    /// The target.
    pub target: Option<Target>,
}

/// Unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Megabytes, of 10^6 bytes.
    Megabytes,
    /// Lines of code.
    Lines,
    /// Operations per second.
    PerSecond,
    /// Allocations of memory.
    Allocations,
}

/// Target of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// Highest ratio of ours to the baseline.
    RatioAtMost(f64),
    /// Lowest ratio of ours to the baseline.
    RatioAtLeast(f64),
    /// Highest value of ours.
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

    /// Returns the median of the ratios of paired runs.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let pairs = self.ours.iter().zip(&self.theirs);
        median(
            &pairs
                .map(|(ours, theirs)| ours / theirs)
                .collect::<Vec<_>>(),
        )
    }

    /// Returns whether the target is met, if there is one.
    pub(crate) fn is_met(&self) -> Option<bool> {
        match self.target? {
            Target::RatioAtMost(most) => Some(self.ratio()? <= most),
            Target::RatioAtLeast(least) => Some(self.ratio()? >= least),
            Target::AtMost(most) => Some(median(&self.ours)? <= most),
        }
    }
}

/// Returns the median of some numbers; `None` without any.
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
    /// Formats a number with this unit.
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
