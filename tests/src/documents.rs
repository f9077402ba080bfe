//! Random documents for a schema.

use crate::{
    description::Description,
    pattern,
    random::Random,
    shape::{self, Member, Object, Shape},
};
use serde_json::{Map, Number, Value, json};

/// Part of every secret text and of nothing else.
pub const SECRET_MARK: &str = "hush-hush";

/// The style of random documents.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Percentage of optional members that are present.
    pub optional: usize,
    /// Percentage of nullable values that are null.
    pub null: usize,
    /// Percentage of choices that are unknown (values, kinds and members), and of elements that are
    /// null although they must not be.
    pub unknown: usize,
    /// The depth below which only required members are added.
    pub deepest: usize,
}

impl Style {
    /// All members, and nothing null or unknown.
    pub const FULL: Self = Self {
        optional: 100,
        null: 0,
        unknown: 0,
        deepest: 3,
    };
    /// All members, and null wherever it is allowed.
    pub const NULLS: Self = Self {
        null: 100,
        ..Self::FULL
    };
    /// Only required members.
    pub const SPARSE: Self = Self {
        optional: 0,
        ..Self::FULL
    };
    /// Some members, as a client may send them.
    pub const SOME: Self = Self {
        optional: 50,
        deepest: 4,
        ..Self::FULL
    };
    /// All kinds of values, as only a future version of the service might send them.
    pub const WILD: Self = Self {
        optional: 60,
        null: 30,
        unknown: 20,
        deepest: 4,
    };
}

/// Creates random documents.
#[derive(Debug)]
pub struct Maker<'a> {
    description: &'a Description,
    random: Random,
    style: Style,
    secret: bool,
}

impl<'a> Maker<'a> {
    /// Returns a maker whose documents depend only on the seed.
    pub fn new(description: &'a Description, seed: &str, style: Style) -> Self {
        Self {
            description,
            random: Random::new(seed),
            style,
            secret: false,
        }
    }

    /// Returns the random numbers that the documents are made with.
    pub fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    /// Returns a document for a schema with a name.
    pub fn named(&mut self, name: &'a str) -> Value {
        let description = self.description;
        let shape = description.shape_of(name);
        self.fill(&shape, 0)
    }

    /// Returns a document for one kind of a union.
    pub fn kind(&mut self, tag: &str, kind: &str, name: &'a str) -> Value {
        let description = self.description;
        let mut value = self.object(&description.object_of(name), 0);
        value[tag] = json!(kind);
        value
    }

    /// Returns a document for a schema.
    pub fn value(&mut self, schema: &'a Value) -> Value {
        self.at(schema, 0)
    }

    fn at(&mut self, schema: &'a Value, depth: usize) -> Value {
        let outside = self.secret;
        self.secret |= shape::secret(schema);
        let description = self.description;
        let shape = description.shape(schema);
        let value = self.fill(&shape, depth);
        self.secret = outside;
        value
    }

    fn fill(&mut self, shape: &Shape<'a>, depth: usize) -> Value {
        match shape {
            Shape::Any(true) => json!({ "free": self.any(1) }),
            Shape::Any(false) => self.any(0),
            Shape::Text(schema) => json!(self.text(schema)),
            Shape::Integer(bits, schema) => self.integer(*bits, schema),
            Shape::Number(_) => self.number(),
            Shape::Boolean => json!(self.random.chance(50)),
            Shape::Choice(values, open) => self.choice(values, *open),
            Shape::List(items) => self.list(items, depth),
            Shape::Map(values) => self.map(values, depth),
            Shape::Object(object) => self.object(object, depth),
            Shape::Union(tag, kinds) => {
                if self.random.chance(self.style.unknown) {
                    return self.unknown_kind(tag);
                }
                let all: Vec<_> = kinds.iter().collect();
                let (kind, name) = *self.random.pick(&all);
                let description = self.description;
                let mut value = self.object(&description.object_of(name), depth);
                value[*tag] = json!(kind);
                value
            }
        }
    }

    /// Returns an object of an unknown kind, with values that must not be shown.
    fn unknown_kind(&mut self, tag: &str) -> Value {
        let mut value =
            json!({ "value": SECRET_MARK, "nothing": null, "deep": { "list": [1, null] } });
        if self.random.chance(80) {
            value[tag] = json!(format!("Kind {}", self.random.below(1000)));
        }
        value
    }

    fn object(&mut self, object: &Object<'a>, depth: usize) -> Value {
        let mut value = Map::new();
        for (name, member) in &object.members {
            if self.wants(member, depth) {
                let one = self.or_null(member.schema, member.nullable(), depth + 1);
                value.insert((*name).to_owned(), one);
            }
        }
        if let Some((tag, kind)) = object.tag {
            value.insert(tag.to_owned(), json!(kind));
        }
        match object.rest {
            Some(rest) if depth < self.style.deepest => {
                for number in 0..self.random.below(3) {
                    let one = self.element(rest, depth + 1);
                    value.insert(format!("further {number}"), one);
                }
            }
            None if self.random.chance(self.style.unknown) => {
                let new = json!({ "value": SECRET_MARK, "deep": [null, self.any(0)] });
                value.insert("x-from-tomorrow".to_owned(), new);
            }
            _ => {}
        }
        Value::Object(value)
    }

    fn wants(&mut self, member: &Member<'_>, depth: usize) -> bool {
        let optional = if depth < self.style.deepest {
            self.style.optional
        } else {
            0
        };
        member.required || self.random.chance(optional)
    }

    fn or_null(&mut self, schema: &'a Value, nullable: bool, depth: usize) -> Value {
        if nullable && self.random.chance(self.style.null) {
            return Value::Null;
        }
        self.at(schema, depth)
    }

    fn list(&mut self, items: &'a Value, depth: usize) -> Value {
        let few = if depth < self.style.deepest { 3 } else { 1 };
        let few = self.random.below(few);
        let full = usize::from(self.style.optional == 100 && depth < self.style.deepest);
        let all = (0..few.max(full)).map(|_| self.element(items, depth + 1));
        Value::Array(all.collect())
    }

    fn map(&mut self, values: &'a Value, depth: usize) -> Value {
        let few = if depth < self.style.deepest { 3 } else { 1 };
        let few = self.random.below(few);
        let full = usize::from(self.style.optional == 100 && depth < self.style.deepest);
        let mut all = Map::new();
        for number in 0..few.max(full) {
            let name = format!("{number} {}", self.word());
            all.insert(name, self.element(values, depth + 1));
        }
        Value::Object(all)
    }

    /// Returns an element of a list or map. Services send null there whatever the schema says.
    fn element(&mut self, schema: &'a Value, depth: usize) -> Value {
        let nullable = shape::nullable(schema) || self.random.chance(self.style.unknown);
        self.or_null(schema, nullable, depth)
    }

    fn choice(&mut self, values: &Value, open: bool) -> Value {
        let all = values.as_array().expect("a list of values");
        let known = self.random.pick(all).clone();
        if !open || !self.random.chance(self.style.unknown) {
            return known;
        }
        match known {
            Value::String(_) => json!(self.word()),
            _ => json!(1_000_000 + self.random.below(1000)),
        }
    }

    fn integer(&mut self, bits: u8, schema: &Value) -> Value {
        let bound = |name: &str| schema[name].as_i64();
        let (least, most) = match bits {
            32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let least = bound("minimum").unwrap_or(least);
        let most = bound("maximum").unwrap_or(most);
        let all = [least, most, 0, 1, -1, 7, 65_536];
        let fitting: Vec<i64> = all
            .into_iter()
            .filter(|n| (least..=most).contains(n))
            .collect();
        json!(self.random.pick(&fitting))
    }

    fn number(&mut self) -> Value {
        let extremes = [
            0.0,
            -0.0,
            1.5,
            -1.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            0.1 + 0.2,
            1e21,
            123_456_789.123_456_79,
        ];
        let mut number = *self.random.pick(&extremes);
        if self.random.chance(30) {
            let bits = f64::from_bits(self.random.number());
            number = if bits.is_finite() { bits } else { 3.0 };
        }
        Number::from_f64(number).map_or(Value::Null, Value::Number)
    }

    fn text(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema["pattern"].as_str() {
            return pattern::sample(pattern, &mut self.random);
        }
        let text = match schema["format"].as_str() {
            Some("date-time") => self.time(),
            Some("duration") => (*self.random.pick(&DURATIONS)).to_owned(),
            Some("uuid") => format!(
                "{:08x}-0000-4000-8000-000000000000",
                self.random.below(9999)
            ),
            Some("uri") => format!("https://example.com/{}?q=%20#x", self.random.below(99)),
            Some("arm-id") => {
                "/subscriptions/0/resourceGroups/Ünïcode/providers/A.B/c/d".to_owned()
            }
            _ => self.word(),
        };
        self.fitted(text, schema)
    }

    fn fitted(&mut self, text: String, schema: &Value) -> String {
        let bound = |name: &str| schema[name].as_u64().and_then(|n| usize::try_from(n).ok());
        let (least, most) = (bound("minLength"), bound("maxLength"));
        let mut letters: Vec<char> = text.chars().collect();
        while letters.len() < least.unwrap_or(0) {
            letters.push('ß');
        }
        letters.truncate(most.unwrap_or(usize::MAX));
        letters.into_iter().collect()
    }

    fn time(&mut self) -> String {
        let mut two = |least: usize, count: usize| least + self.random.below(count);
        let (month, day, hour) = (two(1, 12), two(1, 28), two(0, 24));
        let (minute, second, year) = (two(0, 60), two(0, 60), two(1, 9998));
        let ends = [
            "Z",
            "+00:00",
            ".5Z",
            ".123456789-11:30",
            ".000001+05:45",
            "z",
        ];
        let end = self.random.pick(&ends);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{end}")
    }

    /// Returns text of any kind; for a secret, text that can be recognized.
    fn word(&mut self) -> String {
        let number = self.random.below(10_000);
        if self.secret {
            return format!("{SECRET_MARK} {number}");
        }
        format!("{}{number}", self.random.pick(&WORDS))
    }

    fn any(&mut self, depth: usize) -> Value {
        if self.secret {
            return json!(self.word());
        }
        match self.random.below(if depth < 2 { 8 } else { 6 }) {
            // Null in place of a whole member depends on the style.
            0 if depth > 0 || self.style.null > 0 => Value::Null,
            0 | 1 => json!(self.random.chance(50)),
            2 => json!(self.random.pick(&[0, i64::MIN, i64::MAX, -7])),
            3 => json!(u64::MAX),
            4 => self.number(),
            5 => json!(self.word()),
            6 => json!([self.any(depth + 1), self.any(depth + 1)]),
            _ => json!({ self.word(): self.any(depth + 1), "": self.any(depth + 1) }),
        }
    }
}

const WORDS: [&str; 12] = [
    "",
    "plain",
    "with space ",
    "\"quoted\" \\ back/slash ",
    "äöü ß € ",
    "日本語 ",
    "🦀👩‍👩‍👧 ",
    "שלום ",
    "line\nfeed\ttab\r",
    "nul\u{0}bell\u{7}del\u{7f} ",
    "e\u{301}\u{2028}\u{feff}\u{10ffff} ",
    "null true [1] {\"a\":2} %2F ../?#& ",
];

const DURATIONS: [&str; 8] = [
    "PT5M",
    "P1DT0.5S",
    "P3Y6M4DT12H30M5S",
    "PT0S",
    "P1W",
    "-PT1H",
    "PT36H",
    "P10675199DT2H48M5.4775807S",
];

/// Writes JSON with members in random order and random white space.
pub fn written(value: &Value, random: &mut Random) -> String {
    let mut text = String::new();
    write(value, random, &mut text);
    text
}

fn write(value: &Value, random: &mut Random, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            text.push('{');
            while !members.is_empty() {
                let (name, member) = members.swap_remove(random.below(members.len()));
                text.push_str(&json!(name).to_string());
                text.push_str(if random.chance(50) { ":" } else { " : " });
                write(member, random, text);
                if !members.is_empty() {
                    text.push_str(if random.chance(50) { "," } else { ",\n" });
                }
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, random, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
