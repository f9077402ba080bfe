//! The findings of both comparisons, and how they are merged into one list.

use super::change::{Action, Breaks, Change, Subject};
use std::collections::{BTreeMap, HashMap};

/// A difference that one of the comparisons found.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) subject: Subject,
    pub(super) action: Action,
    pub(super) aspect: Aspect,
    pub(super) detail: String,
    pub(super) breaks: bool,
}

/// The aspect of a subject that differs. If both comparisons find the same aspect of the same
/// subject, that is one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aspect {
    /// Its existence and its kind.
    Whole,
    Name,
    Type,
    Required,
    Secret,
    Openness,
    Order,
    Additional,
    LongRunning,
    Pages,
    /// An aspect that only one of the comparisons checks.
    Other,
}

impl Finding {
    pub(super) fn added(subject: Subject, detail: impl Into<String>, breaks: bool) -> Self {
        Self::new(subject, Action::Added, Aspect::Whole, detail, breaks)
    }

    pub(super) fn removed(subject: Subject, detail: impl Into<String>, breaks: bool) -> Self {
        Self::new(subject, Action::Removed, Aspect::Whole, detail, breaks)
    }

    pub(super) fn changed(
        subject: Subject,
        aspect: Aspect,
        detail: impl Into<String>,
        breaks: bool,
    ) -> Self {
        Self::new(subject, Action::Changed, aspect, detail, breaks)
    }

    pub(super) fn new(
        subject: Subject,
        action: Action,
        aspect: Aspect,
        detail: impl Into<String>,
        breaks: bool,
    ) -> Self {
        Self {
            subject,
            action,
            aspect,
            detail: detail.into(),
            breaks,
        }
    }
}

/// Merges and sorts the findings. If both comparisons found a change, the detail is that of the
/// wire.
pub(super) fn merge(wire: Vec<Finding>, rust: Vec<Finding>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut known: BTreeMap<(Subject, Action, Aspect), usize> = BTreeMap::new();
    for finding in wire {
        let key = (finding.subject.clone(), finding.action, finding.aspect);
        known.entry(key).or_insert(changes.len());
        let breaks = Breaks {
            wire: finding.breaks,
            rust: false,
        };
        changes.push(change(finding, breaks));
    }
    for finding in rust {
        let key = (finding.subject.clone(), finding.action, finding.aspect);
        match known.get(&key).filter(|_| finding.aspect != Aspect::Other) {
            Some(&index) => changes[index].breaks.rust |= finding.breaks,
            None => {
                let breaks = Breaks {
                    wire: false,
                    rust: finding.breaks,
                };
                changes.push(change(finding, breaks));
            }
        }
    }
    sort(&mut changes);
    changes
}

fn change(finding: Finding, breaks: Breaks) -> Change {
    Change {
        subject: finding.subject,
        action: finding.action,
        detail: finding.detail,
        breaks,
        preview: false,
    }
}

fn sort(changes: &mut Vec<Change>) {
    changes
        .sort_by(|a, b| (&a.subject, a.action, &a.detail).cmp(&(&b.subject, b.action, &b.detail)));
    changes.dedup();
}

/// Drops changes of properties that a base has as well, because they are listed for the base.
/// `bases` names all bases of a model, nearest first.
pub(super) fn leave_to_bases(
    changes: Vec<Change>,
    bases: &HashMap<String, Vec<String>>,
) -> Vec<Change> {
    let mut known = HashMap::new();
    for (index, change) in changes.iter().enumerate() {
        if let Subject::Property { model, name } = &change.subject {
            known.insert((model, name, change.action, &change.detail), index);
        }
    }
    let base_of = |change: &Change| {
        let Subject::Property { model, name } = &change.subject else {
            return None;
        };
        let mut farthest_first = bases.get(model)?.iter().rev();
        farthest_first
            .find_map(|base| known.get(&(base, name, change.action, &change.detail)))
            .copied()
    };
    let taken_over: Vec<Option<usize>> = changes.iter().map(base_of).collect();
    let mut all = changes.clone();
    for (change, base) in changes.iter().zip(&taken_over) {
        if let Some(base) = base {
            all[*base].breaks.wire |= change.breaks.wire;
            all[*base].breaks.rust |= change.breaks.rust;
        }
    }
    let kept = all.into_iter().zip(taken_over);
    kept.filter_map(|(change, base)| base.is_none().then_some(change))
        .collect()
}
