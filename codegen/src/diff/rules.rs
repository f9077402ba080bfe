//! Which change breaks whom. All judgement is here.
//!
//! *Wire* asks about a client made for the old description that talks to a service of the new one: what it sends must
//! still be accepted, what it receives still be understood. *Rust* asks about code written against the crate
//! generated from the old description, which is compiled against that of the new one. There,
//!
//! - parameters that are required, and set per call, are positional arguments; the others are fields of a
//!   non-exhaustive struct of options, or belong to the client;
//! - models are non-exhaustive structs whose fields are all public `Option`s, made by `new` from the values of those
//!   properties that are required and writable;
//! - enums are non-exhaustive and keep values they do not know; the kinds of a discriminated base likewise;
//! - paths, codes, limits and defaults are not part of what code sees.

use super::api::Type;
use super::change::Breaks;

/// Which way values of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Direction {
    /// Clients send them.
    pub(super) sent: bool,
    /// Clients receive them.
    pub(super) received: bool,
}

impl Direction {
    pub(super) const SENT: Self = Self {
        sent: true,
        received: false,
    };
    pub(super) const RECEIVED: Self = Self {
        sent: false,
        received: true,
    };
}

pub(super) const NONE: Breaks = Breaks {
    wire: false,
    rust: false,
};
pub(super) const WIRE: Breaks = Breaks {
    wire: true,
    rust: false,
};
pub(super) const RUST: Breaks = Breaks {
    wire: false,
    rust: true,
};
pub(super) const BOTH: Breaks = Breaks {
    wire: true,
    rust: true,
};

pub(super) fn wire_if(condition: bool) -> Breaks {
    Breaks {
        wire: condition,
        rust: false,
    }
}

/// A new parameter is harmless unless every call must have it.
pub(super) fn parameter_added(required: bool) -> Breaks {
    if required { BOTH } else { NONE }
}

/// Services ignore what they do not know, but code that sets it has nothing to set any more.
pub(super) const PARAMETER_REMOVED: Breaks = RUST;

/// It moves between arguments and options either way.
pub(super) fn parameter_required(now: bool) -> Breaks {
    Breaks {
        wire: now,
        rust: true,
    }
}

/// Positional arguments do not show names; options do.
pub(super) fn parameter_renamed_in_rust(required: bool) -> Breaks {
    if required { NONE } else { RUST }
}

/// Old clients do not wait for the result of an operation that has become long-running.
pub(super) fn long_running(old: bool, new: bool) -> Breaks {
    Breaks {
        wire: !old && new,
        rust: old != new,
    }
}

/// What a description does not say can be any of the ways, so that only one told way in place of another breaks.
pub(super) fn final_state(old: &str, new: &str) -> Breaks {
    wire_if(old != super::api::UNTOLD && new != super::api::UNTOLD)
}

/// A further success code is understood when it brings what another one brings already.
pub(super) fn success_code_added(brings_something_else: bool) -> Breaks {
    if brings_something_else { BOTH } else { NONE }
}

/// What never comes is not missed, unless it is what the method returns.
pub(super) fn success_code_removed(brought_something_else: bool) -> Breaks {
    if brought_something_else { RUST } else { NONE }
}

/// `new` takes what is required and writable.
pub(super) fn is_argument_of_new(required: bool, read_only: bool) -> bool {
    required && !read_only
}

pub(super) fn property_added(required: bool, read_only: bool, direction: Direction) -> Breaks {
    let argument = is_argument_of_new(required, read_only);
    Breaks {
        wire: argument && direction.sent,
        rust: argument,
    }
}

/// A required value that may be left out is missed by who receives it, one that must be given by who sends it.
pub(super) fn property_required(now: bool, read_only: bool, direction: Direction) -> Breaks {
    let wire = if now {
        direction.sent && !read_only
    } else {
        direction.received
    };
    Breaks {
        wire,
        rust: !read_only,
    }
}

/// All fields are `Option`s, null or not, so that only elements of lists and maps change their type.
pub(super) fn nullable(now: bool, is_element: bool, direction: Direction) -> Breaks {
    Breaks {
        wire: if now {
            direction.received
        } else {
            direction.sent
        },
        rust: is_element,
    }
}

/// What has become read-only is no longer taken from clients; a required one leaves or joins the arguments of `new`.
pub(super) fn read_only(now: bool, required: bool, direction: Direction) -> Breaks {
    Breaks {
        wire: direction.sent && (now || required),
        rust: required,
    }
}

pub(super) fn mutability(lost_a_use: bool, direction: Direction) -> Breaks {
    wire_if(lost_a_use && direction.sent)
}

/// A closed enum has no variant for values it does not know.
pub(super) fn openness(now_open: bool, direction: Direction) -> Breaks {
    Breaks {
        wire: if now_open {
            direction.received
        } else {
            direction.sent
        },
        rust: true,
    }
}

/// Receivers of a closed enum know no further values.
pub(super) fn value_added(open: bool, direction: Direction) -> Breaks {
    wire_if(!open && direction.received)
}

/// Senders may use it; and code names it.
pub(super) fn value_removed(direction: Direction) -> Breaks {
    Breaks {
        wire: direction.sent,
        rust: true,
    }
}

pub(super) fn subtype_removed() -> Breaks {
    BOTH
}

/// Whether one type in place of another breaks, given that they differ and neither is a model.
pub(super) fn type_changed(old: &Type, new: &Type, direction: Direction) -> Breaks {
    match (old, new) {
        (Type::Text(old), Type::Text(new)) => text_format(old.as_deref(), new.as_deref()),
        (Type::Any, _) => Breaks {
            wire: direction.sent,
            rust: true,
        },
        (_, Type::Any) => Breaks {
            wire: direction.received,
            rust: true,
        },
        _ => match (number_width(old), number_width(new)) {
            (Some(old), Some(new)) if old == new => NONE,
            (Some(old), Some(new)) if new > old => Breaks {
                wire: direction.received,
                rust: true,
            },
            (Some(_), Some(_)) => Breaks {
                wire: direction.sent,
                rust: true,
            },
            _ => BOTH,
        },
    }
}

/// How much a number type can hold; integers without a format are taken for 64 bits wide.
fn number_width(kind: &Type) -> Option<u8> {
    match kind {
        Type::Integer(Some(format)) if format == "int32" => Some(1),
        Type::Integer(_) => Some(2),
        Type::Number(Some(format)) if format == "float" => Some(3),
        Type::Number(_) => Some(4),
        _ => None,
    }
}

/// Formats that are types of their own; the others are texts to everybody.
fn text_format(old: Option<&str>, new: Option<&str>) -> Breaks {
    const OWN_TYPE: [&str; 11] = [
        "base64url",
        "binary",
        "byte",
        "date",
        "date-time",
        "date-time-rfc1123",
        "decimal",
        "duration",
        "time",
        "unixtime",
        "uuid",
    ];
    let typed = |format: Option<&str>| format.is_some_and(|format| OWN_TYPE.contains(&format));
    let is_content = |format: Option<&str>| matches!(format, Some("binary" | "byte" | "base64url"));
    Breaks {
        wire: (typed(old) && typed(new)) || is_content(old) || is_content(new),
        rust: typed(old) || typed(new),
    }
}

/// A limit that is new or narrower refuses what was accepted before.
pub(super) fn limit_changed(
    name: &str,
    old: Option<&str>,
    new: Option<&str>,
    direction: Direction,
) -> Breaks {
    let number = |text: &str| text.parse::<f64>().ok();
    let narrower = match (old, new) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => match (number(old), number(new)) {
            (Some(old), Some(new)) if name.starts_with("min") => new > old,
            (Some(old), Some(new)) if name.starts_with("max") => new < old,
            _ => true,
        },
    };
    wire_if(narrower && direction.sent)
}
