//! Generates texts that match a regular expression, for the expressions in descriptions.

use crate::random::Random;
use regress::Regex;

/// Returns whether the expression matches somewhere in the text.
///
/// # Panics
///
/// If the pattern is not an ECMAScript regular expression.
pub fn matches(pattern: &str, text: &str) -> bool {
    let regex = Regex::new(pattern).expect("the pattern is a regular expression");
    regex.find(text).is_some()
}

/// Returns a text that matches.
///
/// # Panics
///
/// If none is found, because the pattern uses syntax that this sampler does not support.
pub fn sample(pattern: &str, random: &mut Random) -> String {
    let mut letters = pattern.chars().collect::<Vec<_>>().into_iter().peekable();
    let choices = choices(&mut letters);
    let regex = Regex::new(pattern).expect("the pattern is a regular expression");
    for _ in 0..1000 {
        let mut text = String::new();
        write(&choices, random, &mut text);
        // What the sampler ignores, such as a lookahead, is checked here.
        if regex.find(&text).is_some() {
            return text;
        }
    }
    panic!("found no text that matches {pattern}");
}

type Letters = std::iter::Peekable<std::vec::IntoIter<char>>;

enum Node {
    Class(Vec<(char, char)>),
    Group(Vec<Vec<Node>>),
    Repeat(Box<Node>, usize, usize),
}

/// Parses alternatives up to the end of the group.
fn choices(letters: &mut Letters) -> Vec<Vec<Node>> {
    let mut all = vec![Vec::new()];
    while let Some(letter) = letters.next() {
        let node = match letter {
            ')' => break,
            '|' => {
                all.push(Vec::new());
                continue;
            }
            '^' | '$' => continue,
            '(' => match group(letters) {
                Some(node) => node,
                None => continue,
            },
            '[' => Node::Class(class(letters)),
            '.' => Node::Class(vec![('a', 'z')]),
            '\\' => Node::Class(escaped(letters.next())),
            other => Node::Class(vec![(other, other)]),
        };
        let node = repeated(node, letters);
        if let Some(row) = all.last_mut() {
            row.push(node);
        }
    }
    all
}

/// Parses a group; returns `None` for a lookahead.
fn group(letters: &mut Letters) -> Option<Node> {
    let mut looks_ahead = false;
    if letters.next_if_eq(&'?').is_some() {
        looks_ahead = letters.next() != Some(':');
    }
    let choices = choices(letters);
    (!looks_ahead).then_some(Node::Group(choices))
}

fn class(letters: &mut Letters) -> Vec<(char, char)> {
    let mut ranges: Vec<(char, char)> = Vec::new();
    while let Some(letter) = letters.next() {
        match letter {
            ']' => break,
            '\\' => ranges.extend(escaped(letters.next())),
            '-' if !ranges.is_empty() && letters.peek() != Some(&']') => {
                if let (Some(last), Some(end)) = (ranges.last_mut(), letters.next()) {
                    last.1 = end;
                }
            }
            other => ranges.push((other, other)),
        }
    }
    ranges
}

fn escaped(letter: Option<char>) -> Vec<(char, char)> {
    match letter {
        Some('d') => vec![('0', '9')],
        Some('w') => vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
        Some(other) => vec![(other, other)],
        None => Vec::new(),
    }
}

fn repeated(node: Node, letters: &mut Letters) -> Node {
    const MANY: usize = 5;
    let (least, most) = match letters.peek() {
        Some('*') => (0, MANY),
        Some('+') => (1, MANY),
        Some('?') => (0, 1),
        Some('{') => {
            let text: String = letters.by_ref().skip(1).take_while(|c| *c != '}').collect();
            let number = |text: &str| text.parse().unwrap_or(MANY);
            let (least, most) = text.split_once(',').unwrap_or((&text, &text));
            return Node::Repeat(Box::new(node), number(least), number(most));
        }
        _ => return node,
    };
    letters.next();
    Node::Repeat(Box::new(node), least, most)
}

fn write(choices: &[Vec<Node>], random: &mut Random, text: &mut String) {
    for node in random.pick(choices) {
        write_node(node, random, text);
    }
}

fn write_node(node: &Node, random: &mut Random, text: &mut String) {
    match node {
        Node::Class(ranges) => {
            let (first, last) = *random.pick(ranges);
            let all: Vec<char> = (first..=last).collect();
            text.push(*random.pick(&all));
        }
        Node::Group(choices) => write(choices, random, text),
        Node::Repeat(node, least, most) => {
            // Mostly short, sometimes as long as allowed.
            let longest = if random.chance(10) { *most } else { least + 6 };
            let times = least + random.below(longest.min(*most) - least + 1);
            for _ in 0..times {
                write_node(node, random, text);
            }
        }
    }
}
