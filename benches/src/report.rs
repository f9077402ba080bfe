//! Formats a report and writes it to disk.

use crate::{
    benchmark::Benchmark,
    error::Error,
    machine, plot,
    row::{Report, Row, median},
};
use std::{fs, io, path::Path};

const HEADS: [&str; 6] = ["what", "ours", "baseline", "ratio", "target", ""];

/// Formats a report as a Markdown table with aligned columns.
pub fn table(report: &Report) -> String {
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

/// Writes `NAME.md` and `NAME.svg` to a folder.
///
/// # Errors
///
/// If they cannot be written.
pub fn write(
    folder: &Path,
    benchmark: Benchmark,
    runs: usize,
    report: &Report,
) -> Result<(), Error> {
    let name = benchmark.name();
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join(format!("{name}.md")), page(name, runs, report))?;
        fs::write(folder.join(format!("{name}.svg")), plot::svg(report))
    };
    write().map_err(Error::at(folder))
}

fn page(name: &str, runs: usize, report: &Report) -> String {
    let baseline = report.baseline.as_ref();
    let baseline = baseline.map(|name| format!(" Baseline: {name}."));
    let mut page = format!(
        "# {}\n\n`cargo xtask bench {name} --runs {runs}`, {}.{} Medians of alternating runs; \
         the ratio is ours over the baseline's.\n\n{}\n![The same as bars]({name}.svg)\n",
        report.title,
        machine::line(),
        baseline.unwrap_or_default(),
        table(report)
    );
    for note in &report.notes {
        page += &format!("\n- {note}");
    }
    if !report.notes.is_empty() {
        page.push('\n');
    }
    page
}
