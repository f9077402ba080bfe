//! Finds operations on the same resources by their paths.

use crate::operations::Operation;

/// The operations of a description.
#[derive(Clone, Copy, Debug)]
pub struct Resources<'o, 'a>(pub &'o [Operation<'a>]);

impl<'o, 'a> Resources<'o, 'a> {
    /// Returns the operation of a method at a path.
    pub fn at(self, method: &str, path: &str) -> Option<&'o Operation<'a>> {
        let shape = shape(path);
        let mut all = self.0.iter();
        all.find(|one| one.method == method && self::shape(one.path) == shape)
    }

    /// Returns the operations that create everything that a path needs, the outermost first: its
    /// parents, and the path itself if it is a resource.
    pub fn makers(self, path: &str) -> Vec<&'o Operation<'a>> {
        let ends = path.match_indices('}').map(|(end, _)| &path[..=end]);
        ends.filter_map(|path| self.at("PUT", path)).collect()
    }

    /// Returns the operation that creates the items of a list, if there is one.
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

/// Returns the part before the last provider, and the rest.
fn halves(path: &str) -> (&str, &str) {
    let end = path.rfind("/providers/").unwrap_or_default();
    path.split_at(end)
}

/// Returns a path without the names of its placeholders.
fn shape(path: &str) -> String {
    let segments = path.split('/');
    let segments = segments.map(|segment| match segment.starts_with('{') {
        true => "{}".to_owned(),
        false => segment.to_lowercase(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Returns the placeholders of a path, each with the index of its segment.
pub fn placeholders(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let segments = path.split('/').enumerate();
    segments.filter_map(|(at, segment)| {
        let name = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some((at, name))
    })
}
