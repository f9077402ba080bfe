//! Decides which changes of a description break the wire. All such decisions are made here.
//!
//! The rules are about a client that was generated from the old description and calls a service of
//! the new one: the service must still accept what it sends, and it must still understand what it
//! receives.

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

    /// Returns whether clients send or receive such values.
    pub(super) fn is_used(self) -> bool {
        self.sent || self.received
    }

    /// Returns whether more allowed values break the client: they break receivers.
    fn wider(self) -> bool {
        self.received
    }

    /// Returns whether fewer allowed values break the client: they break senders.
    fn narrower(self) -> bool {
        self.sent
    }
}

/// Services ignore unknown parameters, but need the required ones.
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

/// A description without `final-state-via` allows any, so only a change from one value to another
/// breaks.
pub(super) fn final_state(old: Option<&str>, new: Option<&str>) -> bool {
    old.is_some() && new.is_some()
}

/// If the description lists success codes, clients treat other codes as errors. If it lists none,
/// clients accept the code, and it breaks only if it has another meaning.
pub(super) fn success_code_added(takes_it: bool, brings_something_else: bool) -> bool {
    !takes_it || brings_something_else
}

/// A code that is never returned breaks nothing.
pub(super) fn success_code_removed() -> bool {
    false
}

/// Clients ignore a body that they do not expect.
pub(super) fn response_body(gone: bool) -> bool {
    gone
}

pub(super) fn header_removed() -> bool {
    true
}

/// A property that only the service sets is not needed in requests.
pub(super) fn property_added(required: bool, read_only: bool, direction: Direction) -> bool {
    required && !read_only && direction.sent
}

/// A service may reject the property in requests, and clients miss it in responses.
pub(super) fn property_removed(direction: Direction) -> bool {
    direction.is_used()
}

/// A receiver misses a required value that becomes optional; a sender must add a value that becomes
/// required.
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

/// A value that becomes read-only is no longer accepted in requests; a value that becomes writable
/// and is required must be sent.
pub(super) fn read_only(now: bool, required: bool, direction: Direction) -> bool {
    direction.sent && (now || required)
}

/// A value that can only be set at creation is no longer accepted in updates.
pub(super) fn create_only(now: bool, direction: Direction) -> bool {
    now && direction.sent
}

/// A closed enum has no variant for unknown values.
pub(super) fn openness(now_open: bool, direction: Direction) -> bool {
    if now_open {
        direction.wider()
    } else {
        direction.narrower()
    }
}

/// Receivers of a closed enum cannot read new values.
pub(super) fn value_added(was_open: bool, direction: Direction) -> bool {
    !was_open && direction.received
}

pub(super) fn value_removed(direction: Direction) -> bool {
    direction.sent
}

/// A string or number in place of an enum can have any value.
pub(super) fn enum_to_base(was_open: bool, direction: Direction) -> bool {
    !was_open && direction.wider()
}

/// An enum in place of a string or number accepts only its own values.
pub(super) fn base_to_enum(is_open: bool, direction: Direction) -> bool {
    !is_open && direction.narrower()
}

/// Clients cannot read values of another type or with another discriminator.
pub(super) fn incompatible(direction: Direction) -> bool {
    direction.is_used()
}

/// Clients keep objects of unknown kinds.
pub(super) fn kind_added() -> bool {
    false
}

pub(super) fn kind_removed(direction: Direction) -> bool {
    direction.sent
}

/// Clients ignored additional members before.
pub(super) fn additional_added() -> bool {
    false
}

pub(super) fn additional_removed(direction: Direction) -> bool {
    direction.is_used()
}

/// One type in place of another. Both differ, and neither has members.
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

/// Returns the number of bits of a number type.
fn number_width(ty: &Type) -> Option<u8> {
    match ty {
        Type::Integer(bits) => Some(*bits),
        // Seconds since 1970 are a whole number.
        Type::String(Format::UnixTime) => Some(64),
        Type::Number => Some(u8::MAX),
        _ => None,
    }
}

/// Strings with a format in place of strings without one, or the other way round.
fn text_format(old: Format, new: Format, direction: Direction) -> bool {
    match (is_free_text(old), is_free_text(new)) {
        (true, true) => false,
        (true, false) if is_text(new) => direction.narrower(),
        (false, true) if is_text(old) => direction.wider(),
        _ => true,
    }
}

/// Returns whether clients and services accept any string in this format.
pub(super) fn is_free_text(format: Format) -> bool {
    matches!(
        format,
        Format::Plain | Format::Uri | Format::ArmId | Format::Password
    )
}

/// Returns whether the value is readable text, and not encoded bytes or a number.
fn is_text(format: Format) -> bool {
    !matches!(
        format,
        Format::UnixTime | Format::Base64 | Format::Base64Url
    )
}

/// A limit that is new or narrower rejects values that were accepted before.
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
