//! The description of a service, as the generator writes it down for the fake.

use super::rules::Rules;
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashSet},
    fmt,
    sync::Arc,
};

/// What a fake server knows about its service.
#[derive(Clone)]
pub struct Description(pub(super) Arc<Table>);

impl Description {
    /// Reads the text that the generator wrote.
    ///
    /// # Errors
    ///
    /// A text that is not one of a fake.
    pub fn parse(text: &str) -> azure_core::Result<Self> {
        let mut table: Table = serde_json::from_str(text)?;
        let puts = table.operations.iter().filter(|one| one.kind == Kind::Put);
        table.stored = puts.map(|one| shape_of_path(&one.path)).collect();
        Ok(Self(Arc::new(table)))
    }

    /// The text of a generated crate. One that cannot be read is a service without operations.
    pub fn embedded(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|error| {
            tracing::error!("the fake's description cannot be read: {error}");
            Self(Arc::default())
        })
    }

    /// What is wrong with a value that should be of a schema, member by member; for tests.
    ///
    /// Members that only the service sets are checked too.
    pub fn problems(&self, schema: &str, value: &Value) -> Vec<String> {
        let ty = Type::Named(schema.to_owned());
        let found = super::check::answer(&self.0, &ty, value);
        found.iter().map(ToString::to_string).collect()
    }

    /// The IDs of all operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.0.operations.iter().map(|one| one.id.as_str())
    }

    /// The schema of an operation's first answer that has a body.
    pub fn answer_schema(&self, operation: &str) -> Option<&str> {
        let operation = self.0.operations.iter().find(|one| one.id == operation)?;
        match operation.answer_type()? {
            Type::Named(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Debug for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Description")
            .field("provider", &self.0.provider)
            .field("operations", &self.0.operations.len())
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Table {
    pub(super) provider: String,
    pub(super) versions: Vec<Version>,
    /// Views of lists by the schemas of the parameters that choose.
    #[serde(default)]
    pub(super) views: BTreeMap<String, Views>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) operations: Vec<Operation>,
    pub(super) schemas: BTreeMap<String, Schema>,
    /// The shapes of all paths that something can be put at.
    #[serde(skip)]
    pub(super) stored: HashSet<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Version {
    pub(super) name: String,
    /// The version whose shapes it has, as operations count them.
    pub(super) shape: usize,
}

/// The choice between items that have a flag and items that do not.
#[derive(Debug, Deserialize)]
pub(super) struct Views {
    member: String,
    default: String,
    /// What the flag is in each view; other views show everything.
    values: BTreeMap<String, bool>,
}

impl Views {
    /// Whether an item is in the view that is asked for; without its flag it is in the default one.
    pub(super) fn shows(&self, item: &Value, asked: Option<&str>) -> bool {
        let wanted = |view: &str| {
            let mut all = self.values.iter();
            all.find_map(|(name, flag)| name.eq_ignore_ascii_case(view).then_some(*flag))
        };
        let flag = item
            .get("properties")
            .and_then(|inner| inner.get(&self.member));
        let flag = flag.and_then(Value::as_bool).or(wanted(&self.default));
        wanted(asked.unwrap_or(&self.default)).is_none_or(|wanted| Some(wanted) == flag)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Get,
    Head,
    Put,
    Patch,
    Delete,
    List,
    Action,
}

#[derive(Debug, Deserialize)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) kind: Kind,
    #[serde(rename = "type")]
    pub(super) resource_type: String,
    /// The shapes that have it; all when absent.
    pub(super) versions: Option<Vec<usize>>,
    #[serde(default)]
    pub(super) parameters: Vec<usize>,
    pub(super) body: Option<Body>,
    pub(super) answers: Vec<Success>,
    #[serde(default)]
    pub(super) long_running: bool,
    pub(super) final_state: Option<String>,
    pub(super) list: Option<List>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    #[serde(rename = "in")]
    pub(super) place: Place,
    #[serde(rename = "type")]
    pub(super) ty: Type,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) raw: bool,
    pub(super) constant: Option<String>,
    #[serde(flatten)]
    pub(super) rules: Rules,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    Path,
    Query,
    Header,
}

#[derive(Debug, Deserialize)]
pub(super) struct Body {
    #[serde(rename = "type")]
    pub(super) ty: Type,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) content: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Success {
    pub(super) status: u16,
    #[serde(rename = "type")]
    pub(super) ty: Option<Type>,
    #[serde(default)]
    pub(super) headers: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct List {
    pub(super) items: String,
    pub(super) next: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Schema {
    Alias(Type),
    Choice(Choice),
    Object(Object),
}

#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    #[serde(rename = "type")]
    pub(super) ty: Type,
    #[serde(default)]
    pub(super) open: bool,
    pub(super) values: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Object {
    pub(super) members: BTreeMap<String, Member>,
    pub(super) additional: Option<Type>,
    #[serde(default)]
    pub(super) bases: Vec<String>,
    pub(super) discriminator: Option<Discriminator>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    #[serde(rename = "type")]
    pub(super) ty: Type,
    /// The shapes that have it; all that have the object when absent.
    versions: Option<Vec<usize>>,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) nullable: bool,
    #[serde(default)]
    pub(super) read_only: bool,
    #[serde(default)]
    pub(super) secret: bool,
    #[serde(flatten)]
    pub(super) rules: Rules,
}

#[derive(Debug, Deserialize)]
pub(super) struct Discriminator {
    pub(super) member: String,
    pub(super) kinds: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Type {
    Named(String),
    Text(Text),
    Integer(u8),
    Number,
    Boolean,
    List(Element),
    Map(Element),
    Any,
    Binary,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Element {
    #[serde(rename = "type")]
    pub(super) ty: Box<Type>,
    #[serde(default)]
    pub(super) nullable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Text {
    Plain,
    Date,
    DateTime,
    Rfc1123,
    UnixTime,
    Duration,
    Uuid,
    Uri,
    Base64,
    Base64Url,
    ArmId,
    Password,
}

/// A type with its name followed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape<'a> {
    Object(&'a str, &'a Object),
    Choice(&'a Choice),
    Plain(&'a Type),
}

impl Table {
    /// Follows names and aliases.
    pub(super) fn shape<'a>(&'a self, ty: &'a Type) -> Shape<'a> {
        // As many steps as there are schemas suffice, unless aliases form a circle.
        let mut ty = ty;
        for _ in 0..=self.schemas.len() {
            let Type::Named(name) = ty else {
                return Shape::Plain(ty);
            };
            match self.schemas.get_key_value(name) {
                Some((_, Schema::Alias(other))) => ty = other,
                Some((_, Schema::Choice(choice))) => return Shape::Choice(choice),
                Some((name, Schema::Object(object))) => return Shape::Object(name, object),
                None => break,
            }
        }
        Shape::Plain(&Type::Any)
    }

    /// The object that a type is, if it is one.
    pub(super) fn object<'a>(&'a self, ty: &'a Type) -> Option<(&'a str, &'a Object)> {
        match self.shape(ty) {
            Shape::Object(name, object) => Some((name, object)),
            _ => None,
        }
    }

    /// The schema for a value: that of its kind, when there are kinds; `None` for one unknown.
    pub(super) fn kind_of<'a>(
        &'a self,
        base: (&'a str, &'a Object),
        value: &Value,
    ) -> Option<(&'a str, &'a Object)> {
        let Some(by) = &base.1.discriminator else {
            return Some(base);
        };
        let Some(kind) = value.get(&by.member).and_then(Value::as_str) else {
            return Some(base);
        };
        let Some(name) = by.kinds.get(kind) else {
            let known = self.is_choice_value(base.1, &by.member, kind);
            return known.then_some(base);
        };
        match self.schemas.get_key_value(name) {
            Some((name, Schema::Object(object))) if name != base.0 => {
                self.kind_of((name, object), value)
            }
            _ => Some(base),
        }
    }

    /// Whether a kind without a schema is at least named in the member's choice.
    fn is_choice_value(&self, object: &Object, member: &str, kind: &str) -> bool {
        let member = object.members.get(member);
        match member.map(|member| self.shape(&member.ty)) {
            Some(Shape::Choice(choice)) => choice.values.iter().any(|one| one == kind),
            _ => false,
        }
    }

    /// Whether a schema is, or derives from, another.
    pub(super) fn derives(&self, name: &str, base: &str) -> bool {
        name == base
            || matches!(self.schemas.get(name), Some(Schema::Object(object))
                if object.bases.iter().any(|one| one == base))
    }

    /// The parameters of an operation.
    pub(super) fn parameters<'a>(
        &'a self,
        operation: &'a Operation,
    ) -> impl Iterator<Item = &'a Parameter> {
        let positions = operation.parameters.iter();
        positions.filter_map(|&position| self.parameters.get(position))
    }

    /// Whether resources can be put at a path template.
    pub(super) fn is_stored(&self, template: &str) -> bool {
        self.stored.contains(&shape_of_path(template))
    }
}

impl Member {
    /// Whether the shape of a version has it.
    pub(super) fn is_in(&self, version: usize) -> bool {
        let versions = self.versions.as_ref();
        versions.is_none_or(|versions| versions.contains(&version))
    }
}

impl Operation {
    /// The type of the first answer that has a body.
    pub(super) fn answer_type(&self) -> Option<&Type> {
        self.answers.iter().find_map(|answer| answer.ty.as_ref())
    }

    /// The answer with a status.
    pub(super) fn answer(&self, status: u16) -> Option<&Success> {
        self.answers.iter().find(|answer| answer.status == status)
    }

    /// The first of these statuses that the description has, or else its first.
    pub(super) fn status(&self, preferred: &[u16]) -> u16 {
        let declared = |status: &&u16| self.answer(**status).is_some();
        let first = self.answers.first().map(|answer| answer.status);
        let preferred = preferred.iter().find(declared).copied();
        preferred.or(first).unwrap_or(200)
    }
}

/// A path template without the names of its placeholders.
pub(super) fn shape_of_path(template: &str) -> String {
    let segments = template.split('/').map(|segment| {
        if segment.starts_with('{') {
            "{}".to_owned()
        } else {
            segment.to_lowercase()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
