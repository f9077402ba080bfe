//! Chooses names, by the manifest or from the description.

pub(crate) mod member_names;
pub(crate) mod method_names;
pub(crate) mod namer;
pub(crate) mod operation_ids;
