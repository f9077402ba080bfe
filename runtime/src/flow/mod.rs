//! Ways to send a call: once, or page by page.

pub(crate) mod options;
pub(crate) mod page;
pub(crate) mod registration;
pub(crate) mod send;
