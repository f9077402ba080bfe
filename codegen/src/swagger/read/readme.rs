//! Reads the list of input files of a tag from a `readme.md`.

use crate::{
    problem::{Problem, Problems},
    strict,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Returns the Swagger files that a tag of a `readme.md` lists.
///
/// # Errors
///
/// If the file cannot be read, has no such tag, or the tag has no input files.
pub fn tag_files(readme: &Path, tag: &str) -> Result<Vec<PathBuf>, Problems> {
    let problem = |message: String| Problem::of_file(readme.display().to_string(), message);
    let text = std::fs::read_to_string(readme)
        .map_err(|error| problem(format!("cannot be read ({error}); check the path")))?;
    let blocks = blocks(&text);
    let mut files: Vec<String> = Vec::new();
    for block in blocks
        .iter()
        .filter(|block| block.tags().any(|other| other == tag))
    {
        let content = strict::yaml(&block.content).map_err(|error| {
            let line = block.line;
            problem(format!(
                "line {line}: the block is not valid YAML ({error})"
            ))
        })?;
        files.extend(input_files(&content));
    }
    if files.is_empty() {
        let mut known: Vec<&str> = blocks.iter().flat_map(Block::tags).collect();
        known.dedup();
        let known = if known.is_empty() {
            "none".to_owned()
        } else {
            known.join(", ")
        };
        let message =
            format!("there are no input files for the tag `{tag}`; its tags are: {known}");
        return Err(problem(message).into());
    }
    let folder = readme.parent().unwrap_or(Path::new(""));
    let mut paths: Vec<PathBuf> = Vec::new();
    for file in files {
        let path = folder.join(file.replace("$(this-folder)/", "").replace('\\', "/"));
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Returns the input files in the content of a block.
fn input_files(content: &Value) -> Vec<String> {
    match content.get("input-file") {
        Some(Value::String(file)) => vec![file.clone()],
        Some(Value::Array(list)) => {
            let names = list.iter().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// A fenced YAML block and the condition behind its opening fence.
struct Block {
    line: usize,
    condition: String,
    content: String,
}

impl Block {
    /// Returns the tags that the block applies to, ignoring its other conditions.
    fn tags(&self) -> impl Iterator<Item = &str> {
        self.condition.split("||").filter_map(tag_of)
    }
}

/// Returns the tag that a condition requires, if it has no other requirement.
fn tag_of(condition: &str) -> Option<&str> {
    let rest = condition.trim().strip_prefix("$(tag)")?.trim_start();
    let rest = rest.trim_start_matches('=').trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let (tag, after) = rest[1..].split_once(quote)?;
    after.trim().is_empty().then_some(tag)
}

/// Returns the fenced YAML blocks of a Markdown text.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Option<Block>)> = None;
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        let fence: String = trimmed.chars().take_while(|c| *c == '`').collect();
        match &mut open {
            None if fence.len() >= 3 => {
                let info = trimmed[fence.len()..].trim();
                let block = info.strip_prefix("yaml").map(|condition| Block {
                    line: index + 1,
                    condition: condition.trim().to_owned(),
                    content: String::new(),
                });
                open = Some((fence, block));
            }
            None => {}
            Some((opening, block)) => {
                if fence.len() >= opening.len() && trimmed.trim_end() == fence {
                    blocks.extend(block.take());
                    open = None;
                } else if let Some(block) = block {
                    block.content.push_str(line);
                    block.content.push('\n');
                }
            }
        }
    }
    blocks
}
