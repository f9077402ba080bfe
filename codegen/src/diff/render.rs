//! Formats changes for terminals, programs and web pages.

use std::fmt::Write as _;

use serde_json::json;

use super::change::{Action, Change, SubjectKind};

/// The output format of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// A table for a terminal.
    #[default]
    Table,
    /// JSON for programs.
    Json,
    /// Markdown for a web page or a comment.
    Markdown,
}

/// Formats changes, which must be sorted by subject.
#[must_use]
pub fn render(changes: &[Change], format: Format) -> String {
    match format {
        Format::Table => table(changes),
        Format::Json => json_text(changes),
        Format::Markdown => markdown(changes),
    }
}

fn breaks_text(change: &Change) -> &'static str {
    match (change.breaks.wire, change.breaks.rust) {
        (true, true) => "wire+Rust",
        (true, false) => "wire",
        (false, true) => "Rust",
        (false, false) => "-",
    }
}

fn table(changes: &[Change]) -> String {
    let width = changes
        .iter()
        .map(|change| change.subject.to_string().chars().count())
        .max()
        .unwrap_or(0)
        .min(72);
    let mut out = String::new();
    if !changes.is_empty() {
        out.push_str(&row(
            "BREAKS", "SUBJECT", "ACTION", "PLACE", "DETAIL", width,
        ));
    }
    for change in changes {
        out.push_str(&row(
            breaks_text(change),
            &change.subject.kind().to_string(),
            &change.action.to_string(),
            &change.subject.to_string(),
            &detail(change),
            width,
        ));
    }
    if !changes.is_empty() {
        out.push('\n');
        out.push_str(&summary_table(changes));
    }
    out.push_str(&conclusion(changes));
    out.push('\n');
    out
}

/// Returns the detail of a change, with a note if its subject is in preview.
fn detail(change: &Change) -> String {
    let mark = match (change.preview, change.detail.is_empty()) {
        (false, _) => "",
        (true, true) => "in preview",
        (true, false) => "in preview; ",
    };
    format!("{mark}{}", change.detail)
}

fn row(
    breaks: &str,
    subject: &str,
    action: &str,
    place: &str,
    detail: &str,
    width: usize,
) -> String {
    let row = format!("{breaks:<9}  {subject:<9}  {action:<7}  {place:<width$}  {detail}");
    format!("{}\n", row.trim_end())
}

struct Counts {
    removed: usize,
    renamed: usize,
    changed: usize,
    added: usize,
    wire: usize,
    rust: usize,
}

fn counts<'a>(changes: impl Iterator<Item = &'a Change> + Clone) -> Counts {
    let of = |action: Action| {
        changes
            .clone()
            .filter(|change| change.action == action)
            .count()
    };
    Counts {
        removed: of(Action::Removed),
        renamed: of(Action::Renamed),
        changed: of(Action::Changed),
        added: of(Action::Added),
        wire: changes.clone().filter(|change| change.breaks.wire).count(),
        rust: changes.clone().filter(|change| change.breaks.rust).count(),
    }
}

fn by_subject(changes: &[Change]) -> impl Iterator<Item = (SubjectKind, Counts)> {
    SubjectKind::ALL.into_iter().filter_map(|subject| {
        let mut some = changes
            .iter()
            .filter(move |change| change.subject.kind() == subject)
            .peekable();
        some.peek()?;
        Some((
            subject,
            counts(
                changes
                    .iter()
                    .filter(move |change| change.subject.kind() == subject),
            ),
        ))
    })
}

fn summary_table(changes: &[Change]) -> String {
    let mut out =
        String::from("SUBJECT    removed  renamed  changed  added  breaks wire  breaks Rust\n");
    for (subject, counts) in by_subject(changes) {
        let Counts {
            removed,
            renamed,
            changed,
            added,
            wire,
            rust,
        } = counts;
        let line = format!(
            "{subject:<9}  {removed:>7}  {renamed:>7}  {changed:>7}  {added:>5}  {wire:>11}  {rust:>11}\n"
        );
        out.push_str(&line);
    }
    out.push('\n');
    out
}

fn conclusion(changes: &[Change]) -> String {
    let counts = counts(changes.iter());
    let previews = changes.iter().filter(|change| change.preview).count();
    let previews = match previews {
        0 => String::new(),
        some => format!(" In preview: {some}."),
    };
    match changes.len() {
        0 => "No difference.".to_owned(),
        all => format!(
            "Changes: {all}; breaking the wire: {}, breaking Rust: {}.{previews}",
            counts.wire, counts.rust
        ),
    }
}

fn json_text(changes: &[Change]) -> String {
    let counts = counts(changes.iter());
    let listed: Vec<serde_json::Value> = changes
        .iter()
        .map(|change| {
            json!({
                "subject": change.subject.kind().to_string(),
                "action": change.action.to_string(),
                "place": change.subject.to_string(),
                "detail": change.detail,
                "preview": change.preview,
                "breaks": { "wire": change.breaks.wire, "rust": change.breaks.rust },
            })
        })
        .collect();
    let value = json!({
        "summary": { "changes": changes.len(), "breaks": { "wire": counts.wire, "rust": counts.rust } },
        "changes": listed,
    });
    format!("{value:#}\n")
}

fn markdown(changes: &[Change]) -> String {
    let mut out = format!("{}\n", conclusion(changes));
    for (subject, _) in by_subject(changes) {
        out.push_str(&format!("\n## {}\n\n", heading(subject)));
        out.push_str("| Breaks | Action | Place | Detail |\n|---|---|---|---|\n");
        for change in changes
            .iter()
            .filter(|change| change.subject.kind() == subject)
        {
            let (place, detail) = (cell(&change.subject.to_string()), cell(&detail(change)));
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "| {} | {} | {place} | {detail} |",
                breaks_text(change),
                change.action
            );
        }
    }
    out
}

fn heading(subject: SubjectKind) -> &'static str {
    match subject {
        SubjectKind::Version => "API versions",
        SubjectKind::Scope => "Scopes",
        SubjectKind::Group => "Groups",
        SubjectKind::Operation => "Operations",
        SubjectKind::Parameter => "Parameters",
        SubjectKind::Body => "Bodies",
        SubjectKind::Response => "Responses",
        SubjectKind::Header => "Headers",
        SubjectKind::Model => "Models",
        SubjectKind::Property => "Properties",
        SubjectKind::Kind => "Kinds",
        SubjectKind::Enum => "Enums",
        SubjectKind::Value => "Values",
    }
}

fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '|' | '\\' | '*' | '_' | '<' | '>' | '[' | ']') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
