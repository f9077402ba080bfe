//! Numbers and what they are to be.

/// What a bench found.
pub(super) struct Report {
    /// What was measured, in a sentence.
    pub(super) title: &'static str,
    /// The name of the other side.
    pub(super) baseline: String,
    pub(super) rows: Vec<Row>,
    /// What else there is to say, such as baselines that were skipped.
    pub(super) notes: Vec<String>,
}

/// One thing, measured on both sides in the same number of runs.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) unit: Unit,
    pub(super) ours: Vec<f64>,
    /// Empty when there is nothing to compare with.
    pub(super) theirs: Vec<f64>,
    pub(super) target: Option<Target>,
}

/// What numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Milliseconds,
    Megabytes,
    Lines,
    PerSecond,
    Allocations,
}

/// What a row is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// Ours over theirs, at most.
    RatioAtMost(f64),
    /// Ours over theirs, at least.
    RatioAtLeast(f64),
    /// Ours, at most.
    AtMost(f64),
}

impl Row {
    pub(super) fn new(name: impl Into<String>, unit: Unit) -> Self {
        Self {
            name: name.into(),
            unit,
            ours: Vec::new(),
            theirs: Vec::new(),
            target: None,
        }
    }

    pub(super) fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    pub(super) fn values(mut self, ours: f64, theirs: Option<f64>) -> Self {
        self.ours.push(ours);
        self.theirs.extend(theirs);
        self
    }

    /// The median of the ratios of runs that followed each other.
    pub(super) fn ratio(&self) -> Option<f64> {
        let pairs = self.ours.iter().zip(&self.theirs);
        median(
            &pairs
                .map(|(ours, theirs)| ours / theirs)
                .collect::<Vec<_>>(),
        )
    }

    /// Whether the target, if there is one, is met.
    pub(super) fn is_met(&self) -> Option<bool> {
        match self.target? {
            Target::RatioAtMost(most) => Some(self.ratio()? <= most),
            Target::RatioAtLeast(least) => Some(self.ratio()? >= least),
            Target::AtMost(most) => Some(median(&self.ours)? <= most),
        }
    }
}

/// The middle of some numbers.
pub(super) fn median(numbers: &[f64]) -> Option<f64> {
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
    pub(super) fn show(self, value: f64) -> String {
        match self {
            Self::Seconds => format!("{value:.2} s"),
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::Megabytes => format!("{value:.2} MB"),
            Self::Lines => format!("{value:.0} lines"),
            Self::PerSecond => format!("{value:.0}/s"),
            Self::Allocations => format!("{value:.1}"),
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "per second" => Some(Self::PerSecond),
            "allocations" => Some(Self::Allocations),
            _ => None,
        }
    }
}

impl Target {
    pub(super) fn show(self, unit: Unit) -> String {
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
