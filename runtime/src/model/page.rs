//! Models that are one page of a list.

/// Implements [`ListPage`](crate::ListPage) for a model, given its field for the items, its field
/// for the link to the next page if it has one, and the type of the items.
///
/// ```
/// use arm_runtime::ListPage;
///
/// arm_runtime::model! {
///     /// A page of names.
///     pub struct Names {
///         /// The names.
///         pub value: Option<Vec<String>> = "value",
///
///         /// Link to the next page.
///         pub next_link: Option<String> = "nextLink",
///     }
/// }
/// arm_runtime::list_page! { Names, value, next_link, String }
///
/// let page: Names = serde_json::from_str(r#"{"value": ["a"], "nextLink": "https://next"}"#)?;
/// assert_eq!(page.next_link(), Some("https://next"));
/// assert_eq!(page.into_items(), ["a"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! list_page {
    ($name:ident, $items:ident, $next_link:ident, $item:ty $(,)?) => {
        $crate::list_page!(@ $name, $items, $item, page => page.$next_link.as_deref());
    };
    ($name:ident, $items:ident, $item:ty $(,)?) => {
        $crate::list_page!(@ $name, $items, $item, _page => None);
    };
    (@ $name:ident, $items:ident, $item:ty, $page:ident => $next_link:expr) => {
        impl $crate::ListPage for $name {
            type Item = $item;
            #[inline]
            fn next_link(&self) -> Option<&str> {
                let $page = self;
                $next_link
            }
            #[inline]
            fn into_items(self) -> Vec<$item> {
                self.$items.unwrap_or_default()
            }
        }
    };
}
