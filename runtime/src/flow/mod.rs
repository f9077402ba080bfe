//! Ways to send a call: once, page by page, or as a long-running operation.

pub(crate) mod lro;
pub(crate) mod next_pages;
pub(crate) mod options;
pub(crate) mod page;
pub(crate) mod registration;
pub(crate) mod send;
