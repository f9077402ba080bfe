//! Which change of the description breaks the wire. All such decisions are made here.
//!
//! The question is asked of a client that was generated from the old description and talks to a
//! service of the new one: what it sends must still be accepted, what it receives still be
//! understood.

use crate::resolve::api::{Format, Type};

/// Whether clients send values of a type, receive them, or both.
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

    /// Whether clients send or receive such values.
    pub(super) fn is_used(self) -> bool {
        self.sent || self.received
    }

    /// Who breaks when values can be more than before: who receives them.
    fn wider(self) -> bool {
        self.received
    }

    /// Who breaks when values can be less than before: who sends them.
    fn narrower(self) -> bool {
        self.sent
    }
}

/// Services ignore what they do not know, but miss what every request has to have.
pub(super) fn parameter_added(required: bool) -> bool {
    required
}

pub(super) fn parameter_removed() -> bool {
    false
}

pub(super) fn required(now: bool, direction: Direction) -> bool {
    if now {
        direction.narrower()
    } else {
        direction.wider()
    }
}

/// Old clients do not wait for the result of an operation that has become long-running.
pub(super) fn long_running(now: bool) -> bool {
    now
}

/// A description that does not say the way may mean any, so that only one way in place of another
/// breaks.
pub(super) fn final_state(old: Option<&str>, new: Option<&str>) -> bool {
    old.is_some() && new.is_some()
}

/// Clients take a success code that the description does not name for an error, unless any is
/// fine; and where it is, they understand what other codes bring.
pub(super) fn success_code_added(takes_it: bool, brings_something_else: bool) -> bool {
    !takes_it || brings_something_else
}

/// A code that never comes is not missed.
pub(super) fn success_code_removed() -> bool {
    false
}

/// Clients do not look at a body that they expect nothing of.
pub(super) fn response_body(gone: bool) -> bool {
    gone
}

pub(super) fn header_removed() -> bool {
    true
}

/// A property that the service sets is not missed in requests.
pub(super) fn property_added(required: bool, read_only: bool, direction: Direction) -> bool {
    required && !read_only && direction.sent
}

/// What is sent may be refused, what is received is missed.
pub(super) fn property_removed(direction: Direction) -> bool {
    direction.is_used()
}

/// A required value that may be left out is missed by who receives it, one that must be given by
/// who sends it.
pub(super) fn property_required(now: bool, read_only: bool, direction: Direction) -> bool {
    if now {
        direction.sent && !read_only
    } else {
        direction.received
    }
}

pub(super) fn nullable(now: bool, direction: Direction) -> bool {
    if now {
        direction.wider()
    } else {
        direction.narrower()
    }
}

/// What has become read-only is no longer taken from clients; what no longer is and is required
/// has to be sent.
pub(super) fn read_only(now: bool, required: bool, direction: Direction) -> bool {
    direction.sent && (now || required)
}

/// What can be set at creation only is no longer taken in updates.
pub(super) fn create_only(now: bool, direction: Direction) -> bool {
    now && direction.sent
}

/// A closed enum has no variant for values that it does not know.
pub(super) fn openness(now_open: bool, direction: Direction) -> bool {
    if now_open {
        direction.wider()
    } else {
        direction.narrower()
    }
}

/// Receivers of a closed enum know no further values.
pub(super) fn value_added(was_open: bool, direction: Direction) -> bool {
    !was_open && direction.received
}

pub(super) fn value_removed(direction: Direction) -> bool {
    direction.sent
}

/// Text or numbers in the place of an enum can be anything.
pub(super) fn enum_to_base(was_open: bool, direction: Direction) -> bool {
    !was_open && direction.wider()
}

/// An enum in the place of text or numbers takes its own values only.
pub(super) fn base_to_enum(is_open: bool, direction: Direction) -> bool {
    !is_open && direction.narrower()
}

/// Values of another type, or with another discriminator, are not understood.
pub(super) fn incompatible(direction: Direction) -> bool {
    direction.is_used()
}

/// Clients keep objects of kinds that they do not know.
pub(super) fn kind_added() -> bool {
    false
}

pub(super) fn kind_removed(direction: Direction) -> bool {
    direction.sent
}

/// Members that have no name in the description were passed over before.
pub(super) fn additional_added() -> bool {
    false
}

pub(super) fn additional_removed(direction: Direction) -> bool {
    direction.is_used()
}

/// One type in place of another, given that they differ and neither has members of its own.
pub(super) fn type_changed(old: &Type, new: &Type, direction: Direction) -> bool {
    match (old, new) {
        (Type::String(old), Type::String(new)) => text_format(*old, *new, direction),
        (Type::Any, _) => direction.narrower(),
        (_, Type::Any) => direction.wider(),
        _ => match (number_width(old), number_width(new)) {
            (Some(old), Some(new)) if old == new => false,
            (Some(old), Some(new)) if old < new => direction.wider(),
            (Some(_), Some(_)) => direction.narrower(),
            _ => true,
        },
    }
}

/// How much a number type can hold.
fn number_width(ty: &Type) -> Option<u8> {
    match ty {
        Type::Integer(bits) => Some(*bits),
        // The seconds since 1970 are a whole number.
        Type::String(Format::UnixTime) => Some(64),
        Type::Number => Some(u8::MAX),
        _ => None,
    }
}

/// Texts that have to be of a form, in place of texts that do not, and the other way round.
fn text_format(old: Format, new: Format, direction: Direction) -> bool {
    match (is_free_text(old), is_free_text(new)) {
        (true, true) => false,
        (true, false) if is_text(new) => direction.narrower(),
        (false, true) if is_text(old) => direction.wider(),
        _ => true,
    }
}

/// Texts that clients and services take as they come.
pub(super) fn is_free_text(format: Format) -> bool {
    matches!(
        format,
        Format::Plain | Format::Uri | Format::ArmId | Format::Password
    )
}

/// Whether the value is a text that means what it says, rather than encoded bytes or a number.
fn is_text(format: Format) -> bool {
    !matches!(
        format,
        Format::UnixTime | Format::Base64 | Format::Base64Url
    )
}

/// A limit that is new or narrower refuses what was accepted before.
pub(super) fn limit_changed(
    name: &str,
    old: Option<&str>,
    new: Option<&str>,
    direction: Direction,
) -> bool {
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
    narrower && direction.narrower()
}
