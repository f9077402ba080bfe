//! IDs of requests.

use crate::response::headers;
use azure_core::{
    Uuid,
    http::{Context, Request, headers::CLIENT_REQUEST_ID, request::options::ClientRequestId},
};
use std::sync::atomic::{AtomicU64, Ordering};

/// Creates the IDs of a client's requests. They count up from a random start, which saves a system
/// call for each request.
#[derive(Debug)]
pub(crate) struct RequestIds {
    first: Uuid,
    given: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new() -> Self {
        Self {
            first: Uuid::new_v4(),
            given: AtomicU64::new(0),
        }
    }

    /// Sets the ID of a request, unless the caller has set one, in the context or as a parameter of
    /// the operation. `azure_core` has a policy for this, but that policy creates an error, possibly
    /// with a backtrace, to find out that there is no ID yet.
    pub(crate) fn identify(&self, context: &Context<'_>, request: &mut Request) {
        let is_set = headers::text(request.headers(), &CLIENT_REQUEST_ID).is_some();
        if !is_set && context.value::<ClientRequestId>().is_none() {
            request.insert_header(CLIENT_REQUEST_ID, self.next().to_string());
        }
    }

    fn next(&self) -> Uuid {
        // The version is in the high half of a UUID, the variant in these two bits.
        const VARIANT: u64 = 0b11 << 62;
        let (high, low) = self.first.as_u64_pair();
        let given = self.given.fetch_add(1, Ordering::Relaxed);
        let counted = low.wrapping_add(given) & !VARIANT;
        Uuid::from_u64_pair(high, counted | (low & VARIANT))
    }
}

#[cfg(test)]
mod tests {
    use super::RequestIds;
    use azure_core::Uuid;
    use std::{collections::HashSet, sync::atomic::AtomicU64};

    #[test]
    fn ids_differ_and_stay_random_uuids() {
        for first in [
            Uuid::new_v4(),
            Uuid::from_u64_pair(0x4000, (0b11 << 62) - 2),
        ] {
            let given = AtomicU64::new(0);
            let ids = RequestIds { first, given };
            let made: Vec<Uuid> = (0..5).map(|_| ids.next()).collect();
            assert_eq!(made.iter().collect::<HashSet<_>>().len(), 5);
            assert_eq!(made[0], first);
            for id in made {
                assert_eq!(id.get_version_num(), 4);
                assert_eq!(id.get_variant(), first.get_variant());
            }
        }
    }
}
