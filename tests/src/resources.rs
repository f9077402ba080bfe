//! Which operations are about the same resources, as their paths tell.

use crate::operations::Operation;

/// The operations of a description.
#[derive(Clone, Copy, Debug)]
pub struct Resources<'o, 'a>(pub &'o [Operation<'a>]);

impl<'o, 'a> Resources<'o, 'a> {
    /// The operation of a method at a path.
    pub fn at(self, method: &str, path: &str) -> Option<&'o Operation<'a>> {
        let shape = shape(path);
        let mut all = self.0.iter();
        all.find(|one| one.method == method && self::shape(one.path) == shape)
    }

    /// The operations that make all that a path needs, the outermost first: what stands above
    /// it, or it itself if it is a resource.
    pub fn makers(self, path: &str) -> Vec<&'o Operation<'a>> {
        let ends = path.match_indices('}').map(|(end, _)| &path[..=end]);
        ends.filter_map(|path| self.at("PUT", path)).collect()
    }

    /// The operation that makes the items of a list, if there is one.
    ///
    /// A list may be of a wider scope than its items.
    pub fn item_maker(self, list: &Operation<'_>) -> Option<&'o Operation<'a>> {
        let (scope, rest) = halves(list.path);
        let mut all = self.0.iter().filter(|one| one.method == "PUT");
        all.find(|one| {
            let (own_scope, own_rest) = halves(one.path);
            shape(own_rest) == shape(rest) + "/{}" && shape(own_scope).starts_with(&shape(scope))
        })
    }
}

/// What stands before the last provider, and the rest.
fn halves(path: &str) -> (&str, &str) {
    let end = path.rfind("/providers/").unwrap_or_default();
    path.split_at(end)
}

/// A path without the names of its placeholders.
fn shape(path: &str) -> String {
    let segments = path.split('/');
    let segments = segments.map(|segment| match segment.starts_with('{') {
        true => "{}".to_owned(),
        false => segment.to_lowercase(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The placeholders of a path, each with the number of its segment.
pub fn placeholders(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let segments = path.split('/').enumerate();
    segments.filter_map(|(at, segment)| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some((at, name))
    })
}
