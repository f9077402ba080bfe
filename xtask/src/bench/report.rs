//! A report as a table, and on disk.

use super::{
    machine, plot,
    row::{Report, Row, median},
};
use std::{fs, path::Path};

const HEADS: [&str; 6] = ["what", "ours", "baseline", "ratio", "target", ""];

/// A markdown table with its columns in line, so that it can be read as it is.
pub(super) fn table(report: &Report) -> String {
    let mut lines: Vec<[String; 6]> = vec![HEADS.map(str::to_owned)];
    lines.extend(report.rows.iter().map(cells));
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max())
        .map(Option::unwrap_or_default)
        .collect();
    let rule = widths.iter().map(|width| "-".repeat(*width));
    let mut lines: Vec<Vec<String>> = lines.into_iter().map(Vec::from).collect();
    lines.insert(1, rule.collect());
    let shown = lines.iter().map(|line| {
        let cells = line.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        format!("| {} |\n", cells.join(" | "))
    });
    shown.collect()
}

fn cells(row: &Row) -> [String; 6] {
    let show =
        |numbers: &[f64]| median(numbers).map_or_else(|| "–".to_owned(), |m| row.unit.show(m));
    let met = match row.is_met() {
        Some(true) => "met",
        Some(false) => "missed",
        None => "",
    };
    [
        row.name.clone(),
        show(&row.ours),
        show(&row.theirs),
        row.ratio()
            .map_or_else(String::new, |ratio| format!("{ratio:.3}")),
        row.target
            .map_or_else(String::new, |target| target.show(row.unit)),
        met.to_owned(),
    ]
}

/// Writes `NAME.md` and `NAME.svg`.
pub(super) fn write(folder: &Path, name: &str, runs: usize, report: &Report) -> Result<(), String> {
    let describe = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(describe)?;
    fs::write(folder.join(format!("{name}.md")), page(name, runs, report)).map_err(describe)?;
    fs::write(folder.join(format!("{name}.svg")), plot::svg(report)).map_err(describe)
}

fn page(name: &str, runs: usize, report: &Report) -> String {
    let mut page = format!(
        "# {}\n\n`cargo xtask bench {name} --runs {runs}`, {}. Baseline: {}. Medians of runs that \
         take turns; the ratio is ours over the baseline's.\n\n{}\n![The same as bars]({name}.svg)\n",
        report.title,
        machine::line(),
        report.baseline,
        table(report)
    );
    for note in &report.notes {
        page.push_str(&format!("\n- {note}"));
    }
    if !report.notes.is_empty() {
        page.push('\n');
    }
    page
}
