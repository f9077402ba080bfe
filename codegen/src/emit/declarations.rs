//! Emits models as text: they are declared in macros, which `prettyplease` does not format.

use super::{
    docs,
    format::{INDENT, float_text},
};
use crate::model::service::{
    Enum, Field, Item, ModuleItem, Page, Rule, Struct, Union, UnionKind, UnionMember, WireValue,
    rust_type::RustType,
};
use proc_macro2::Literal;
use std::fmt::Write as _;

const WIDTH: usize = 100;

/// Emits the declaration of a type, with the condition that one of its features is enabled.
pub(super) fn item(own: &ModuleItem) -> String {
    let features = &own.features;
    // Rustdoc shows the conditions of items, but not those of macro calls.
    let shown = if own.is_preview {
        attribute(1, "cfg_attr(docsrs, doc(cfg", features, "))")
    } else {
        String::new()
    };
    let declared = match &own.item {
        Item::Struct(item) => object(item, features, &shown),
        Item::Enum(item) => choice(item, &shown),
        Item::Union(item) => union(item, &shown),
        Item::Alias(item) => alias(&item.name, item.alias.as_deref(), &item.docs, &item.ty),
    };
    attribute(0, "cfg", features, "") + &declared
}

/// Returns an attribute with the condition that one of the features is enabled; none without
/// features.
fn attribute(depth: usize, before: &str, features: &[String], after: &str) -> String {
    let all: Vec<String> = features
        .iter()
        .map(|feature| format!("feature = {}", Literal::string(feature)))
        .collect();
    let indent = INDENT.repeat(depth);
    match all.as_slice() {
        [] => String::new(),
        [only] => format!("{indent}#[{before}({only}){after}]\n"),
        several => {
            let all = several.join(", ");
            let line = format!("{indent}#[{before}(any({all})){after}]\n");
            if line.len() <= WIDTH {
                line
            } else {
                let inner = format!("\n{indent}{INDENT}");
                let all = several.join(&format!(",{inner}"));
                format!("{indent}#[{before}(any({inner}{all}\n{indent})){after}]\n")
            }
        }
    }
}

/// Writes the lines between the braces of a macro, entry by entry.
struct Body {
    text: String,
    started: bool,
}

impl Body {
    /// Starts a declaration: the macro, docs, other attributes and the line that ends in a brace.
    fn new(name: &str, docs: &str, attributes: &str, head: &str) -> Self {
        let mut text = format!("arm_runtime::{name}! {{\n");
        push_docs(&mut text, "///", 1, docs);
        text += attributes;
        text += &format!("{INDENT}{head} {{");
        Self {
            text,
            started: false,
        }
    }

    /// Adds an entry, after a blank line unless it is the first or `close` to the one before.
    fn entry(&mut self, docs: &str, alias: Option<&str>, line: &str, close: bool) {
        self.text.push('\n');
        if self.started && !close {
            self.text.push('\n');
        }
        self.started = true;
        push_docs(&mut self.text, "///", 2, docs);
        push_alias(&mut self.text, 2, alias);
        self.text += line;
    }

    /// Ends the braces of the item.
    fn close(&mut self) {
        if self.started {
            self.text.push('\n');
            self.text += INDENT;
        }
        self.text += "}\n";
    }

    /// Ends the macro.
    fn end(mut self) -> String {
        self.text += "}\n";
        self.text
    }
}

/// Adds the alias of an item for searches in the documentation.
fn push_alias(text: &mut String, depth: usize, alias: Option<&str>) {
    if let Some(alias) = alias {
        let (indent, alias) = (INDENT.repeat(depth), Literal::string(alias));
        let _ = writeln!(text, "{indent}#[doc(alias = {alias})]");
    }
}

/// Returns the attributes of a type: its alias, then the others.
fn attributes(alias: Option<&str>, further: &str) -> String {
    let mut text = String::new();
    push_alias(&mut text, 1, alias);
    text + further
}

/// Adds the lines of a comment.
pub(super) fn push_docs(text: &mut String, mark: &str, depth: usize, docs: &str) {
    let indent = INDENT.repeat(depth);
    let width = WIDTH - indent.len() - mark.len();
    if docs.is_empty() {
        return;
    }
    for line in docs::wrapped(docs, width) {
        let _ = writeln!(text, "{indent}{mark}{line}");
    }
}

/// Emits the implementation of `ListPage` for a page.
fn page(name: &str, page: &Page) -> String {
    let next_link = page.next_link.iter();
    let next_link: String = next_link.map(|field| format!("{field}, ")).collect();
    let arguments = format!("{name}, {}, {next_link}{}", page.items, page.item);
    let line = format!("arm_runtime::list_page! {{ {arguments} }}\n");
    if line.len() <= WIDTH {
        line
    } else {
        format!("arm_runtime::list_page! {{\n{INDENT}{arguments}\n}}\n")
    }
}

fn alias(name: &str, alias: Option<&str>, docs: &str, ty: &RustType) -> String {
    let mut text = String::new();
    push_docs(&mut text, "///", 0, docs);
    push_alias(&mut text, 0, alias);
    let line = format!("pub type {name} = {ty};\n");
    if line.len() > WIDTH + 1 {
        text + &format!("pub type {name} =\n{INDENT}{ty};\n")
    } else {
        text + &line
    }
}

fn object(item: &Struct, features: &[String], shown: &str) -> String {
    let name = &item.name;
    if let Some(ty) = item.same_as() {
        return alias(name, item.alias.as_deref(), &item.docs, ty);
    }
    let attributes = attributes(item.alias.as_deref(), shown);
    let mut body = Body::new(
        "model",
        &item.docs,
        &attributes,
        &format!("pub struct {name}"),
    );
    for constant in &item.constants {
        let wire = Literal::string(&constant.wire).to_string();
        let value = format!("= {}", Literal::string(&constant.value));
        let previews = previews(&constant.previews);
        body.entry("", None, &lines(&wire, &value, previews.as_deref()), true);
    }
    for field in &item.fields {
        body.entry(&field.docs, field.alias.as_deref(), &member(field), false);
    }
    if let Some((name, ty)) = &item.rest {
        body.entry(
            "",
            None,
            &format!("{INDENT}{INDENT}..pub {name}: {ty},"),
            false,
        );
    }
    body.close();
    let mut text = body.end();
    if let Some(page) = &item.page {
        text += &format!(
            "\n{}{}",
            attribute(0, "cfg", features, ""),
            self::page(name, page)
        );
    }
    text
}

/// Writes a member in one line, or in several if it is too long.
fn member(field: &Field) -> String {
    let declared = format!("pub {}: {}", field.name, field.ty);
    let access = match field.rules.contains(&Rule::ReadOnly) {
        true => "read_only ",
        false => "",
    };
    let mut wire = format!("= {access}{}", Literal::string(&field.wire));
    if field.rules.contains(&Rule::Required) {
        wire += " required";
    }
    lines(&declared, &wire, limits(&field.rules).as_deref())
}

/// Joins the parts of an entry in as few lines as possible.
fn lines(declared: &str, wire: &str, limits: Option<&str>) -> String {
    let indent = INDENT.repeat(2);
    let mut text = format!("{indent}{declared}");
    let mut width = text.chars().count();
    let parts = [Some(wire), limits];
    let last = parts.iter().flatten().count() - 1;
    for (at, part) in parts.into_iter().flatten().enumerate() {
        let len = part.chars().count();
        let comma = usize::from(at == last);
        if width + 1 + len + comma > WIDTH {
            text += &format!("\n{indent}{INDENT}");
            width = indent.len() + INDENT.len();
        } else {
            text.push(' ');
            width += 1;
        }
        text += part;
        width += len;
    }
    text + ","
}

fn limits(rules: &[Rule]) -> Option<String> {
    let rules = rules.iter().filter_map(|rule| {
        Some(match rule {
            Rule::Required | Rule::ReadOnly => return None,
            Rule::MinLength(length) => format!("min_length({length})"),
            Rule::MaxLength(length) => format!("max_length({length})"),
            Rule::Pattern(pattern) => format!("pattern({})", Literal::string(pattern)),
            Rule::Minimum(value) => format!("minimum({})", float_text(value)),
            Rule::Maximum(value) => format!("maximum({})", float_text(value)),
            Rule::ExclusiveMinimum(value) => {
                format!("minimum({}), exclusive_minimum", float_text(value))
            }
            Rule::ExclusiveMaximum(value) => {
                format!("maximum({}), exclusive_maximum", float_text(value))
            }
            Rule::MultipleOf(value) => format!("multiple_of({})", float_text(value)),
            Rule::MinItems(count) => format!("min_items({count})"),
            Rule::MaxItems(count) => format!("max_items({count})"),
            Rule::UniqueItems => "unique_items".to_owned(),
            Rule::Previews(versions) => previews(versions)?,
        })
    });
    let rules: Vec<String> = rules.collect();
    (!rules.is_empty()).then(|| format!("({})", rules.join(", ")))
}

/// Returns the rule that only these API versions have something, if there are any.
fn previews(versions: &[String]) -> Option<String> {
    let all = versions
        .iter()
        .map(|text| Literal::string(text).to_string());
    let all = all.collect::<Vec<_>>().join(", ");
    (!versions.is_empty()).then(|| format!("previews(&[{all}])"))
}

fn choice(item: &Enum, shown: &str) -> String {
    let head = match &item.number {
        Some(number) => format!("pub enum {}: {number}", item.name),
        None => format!("pub enum {}", item.name),
    };
    let attributes = attributes(item.alias.as_deref(), shown);
    let mut body = Body::new(item.form, &item.docs, &attributes, &head);
    for value in &item.values {
        let wire = match &value.wire {
            WireValue::Text(text) => Literal::string(text).to_string(),
            WireValue::Number(number) => number.to_string(),
        };
        let previews = previews(&value.previews);
        let line = lines(&value.name, &format!("= {wire}"), previews.as_deref());
        let alias = value.alias.as_deref();
        body.entry(&value.docs, alias, &line, value.docs.is_empty());
    }
    body.close();
    body.end()
}

fn union(item: &Union, shown: &str) -> String {
    let tag = Literal::string(&item.discriminator);
    let head = format!("pub enum {}: {tag}", item.name);
    let attributes = attributes(item.alias.as_deref(), shown);
    let mut body = Body::new("union", &item.docs, &attributes, &head);
    for kind in &item.kinds {
        let declared = format!("{}({})", kind.name, held(kind));
        let wire = format!("= {}", Literal::string(&kind.wire));
        let line = lines(&declared, &wire, None);
        body.entry(&kind.docs, kind.alias.as_deref(), &line, false);
    }
    body.close();
    for member in &item.members {
        body.text += &accessor(member);
    }
    for part in &item.parts {
        let variants = part.variants.iter();
        let variants: Vec<String> = variants
            .map(|(theirs, ours)| format!("{theirs} => {ours}"))
            .collect();
        let head = format!("{INDENT}from {} ", part.name);
        body.text += &format!("\n{}\n", list(&head, ("{ ", " }"), &variants, 1));
    }
    body.end()
}

/// What a variant holds.
fn held(kind: &UnionKind) -> String {
    if kind.inner.is_empty() {
        return kind.model.clone();
    }
    let indent = INDENT.repeat(2);
    let head = format!("{indent}{}({} of ", kind.name, kind.model);
    let line = list(&head, ("[", "]"), &kind.inner, 2);
    line.strip_prefix(&format!("{indent}{}(", kind.name))
        .unwrap_or(&line)
        .to_owned()
}

/// A list between braces in one line, or in more where it is too long.
fn list(head: &str, (open, close): (&str, &str), entries: &[String], depth: usize) -> String {
    let line = format!("{head}{open}{}{close}", entries.join(", "));
    // Room for what follows in the line.
    if line.len() <= WIDTH - 20 {
        return line;
    }
    let indent = INDENT.repeat(depth);
    let entries = entries.iter();
    let entries: String = entries
        .map(|entry| format!("{indent}{INDENT}{entry},\n"))
        .collect();
    format!("{head}{}\n{entries}{indent}{}", open.trim(), close.trim())
}

fn accessor(member: &UnionMember) -> String {
    let mut text = "\n".to_owned();
    push_docs(&mut text, "///", 1, &member.docs);
    let wire = Literal::string(&member.wire);
    let declared = format!("{INDENT}pub fn {}(&self) -> {}", member.name, member.ty);
    let rest = format!("= {wire};");
    if declared.len() + 1 + rest.len() <= WIDTH {
        let _ = writeln!(text, "{declared} {rest}");
    } else {
        let _ = writeln!(text, "{declared}\n{INDENT}{INDENT}{rest}");
    }
    text
}
