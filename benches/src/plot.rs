//! Bar charts in SVG.

use crate::row::{Report, Row, median};
use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const LABEL: f64 = 320.0;
const BAR: f64 = 12.0;
const ROW: f64 = 44.0;
const TOP: f64 = 44.0;
const OURS: &str = "#2563eb";
const THEIRS: &str = "#9ca3af";

/// Draws a pair of bars for each row; each pair has its own scale.
pub(crate) fn svg(report: &Report) -> String {
    let rows: Vec<&Row> = report
        .rows
        .iter()
        .filter(|row| !row.ours.is_empty())
        .collect();
    let height = rows.iter().fold(TOP + 8.0, |height, _| height + ROW);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">
<rect width="{WIDTH}" height="{height}" fill="white"/>
"#
    );
    text(&mut svg, 8.0, 18.0, report.title);
    let baseline = report.baseline.as_deref().unwrap_or("baseline");
    let legend = format!("blue: ours, grey: {baseline}");
    text(&mut svg, 8.0, 34.0, &legend);
    let mut top = TOP;
    for row in rows {
        pair(&mut svg, top, row);
        top += ROW;
    }
    svg.push_str("</svg>\n");
    svg
}

fn pair(svg: &mut String, top: f64, row: &Row) {
    text(svg, 8.0, top + 18.0, &row.name);
    let ours = median(&row.ours).unwrap_or_default();
    let theirs = median(&row.theirs);
    let most = ours.max(theirs.unwrap_or_default());
    bar(svg, top + 2.0, OURS, ours / most, &row.unit.show(ours));
    if let Some(theirs) = theirs {
        let shown = row.unit.show(theirs);
        bar(svg, top + 4.0 + BAR, THEIRS, theirs / most, &shown);
    }
}

fn bar(svg: &mut String, top: f64, color: &str, share: f64, label: &str) {
    let width = (share * (WIDTH - LABEL - 100.0)).max(1.0);
    // Writing to a string cannot fail.
    let _ = writeln!(
        svg,
        r#"<rect x="{LABEL}" y="{top:.0}" width="{width:.0}" height="{BAR}" fill="{color}"/>"#
    );
    text(svg, LABEL + width + 6.0, top + 10.0, label);
}

fn text(svg: &mut String, left: f64, base: f64, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, r#"<text x="{left:.0}" y="{base:.0}">{text}</text>"#);
}
