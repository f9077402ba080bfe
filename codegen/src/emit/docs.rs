//! Converts Markdown to doc attributes.

use proc_macro2::TokenStream;
use quote::quote;

/// Tokens do not know their indentation; most are in a block.
const WIDTH: usize = 93;

/// Emits outer documentation.
pub(super) fn outer(text: &str) -> TokenStream {
    let lines = wrapped(text, WIDTH)
        .into_iter()
        .map(|line| quote!(#[doc = #line]));
    quote!(#(#lines)*)
}

/// Other names under which an item is found.
pub(super) fn aliases<'a>(aliases: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let aliases = aliases.into_iter();
    quote!(#(#[doc(alias = #aliases)])*)
}

/// Emits inner documentation.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = wrapped(text, WIDTH)
        .into_iter()
        .map(|line| quote!(#![doc = #line]));
    quote!(#(#lines)*)
}

/// Wraps text to lines of at most `width` characters, each after a space. Code blocks and long
/// words are not wrapped.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut code = false;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if code || fence || line.starts_with('|') {
            lines.push(format!(" {line}"));
        } else {
            wrap(line, width, &mut lines);
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

fn wrap(line: &str, width: usize, lines: &mut Vec<String>) {
    let indent = if line.starts_with("* ") { "   " } else { " " };
    let mut current = " ".to_owned();
    let mut count = current.len();
    for word in unbroken(line) {
        let own = word.chars().count();
        let is_empty = current.trim_start().is_empty();
        if !is_empty && count + 1 + own > width {
            lines.push(std::mem::replace(&mut current, indent.to_owned()));
            count = indent.len();
        } else if !is_empty {
            current.push(' ');
            count += 1;
        }
        current.push_str(word);
        count += own;
    }
    lines.push(current);
}

/// Returns the words of a line; inline code counts as one word.
fn unbroken(line: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    line.split(move |letter| {
        in_code ^= letter == '`';
        letter == ' ' && !in_code
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_wrapped_and_code_is_not_broken() {
        let word = "word ".repeat(30);
        let lines = wrapped(&format!("* {word}`a b {word}c`\n\n```\n{word}\n```"), WIDTH);
        assert!(lines[0].starts_with(" * word"));
        assert!(lines[1].starts_with("   word"));
        assert!(
            lines
                .iter()
                .filter(|line| !line.contains('`'))
                .all(|line| { line.chars().count() <= WIDTH || line.starts_with(" word") })
        );
        let code = lines
            .iter()
            .find(|line| line.contains("`a b"))
            .map(|line| line.matches('`').count());
        assert_eq!(code, Some(2));
        assert!(lines.contains(&String::new()));
    }
}
