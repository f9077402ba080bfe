//! API versions.

use super::{
    context::Engine,
    exchange::{Refusal, refuse},
    route,
};
use crate::table::{HttpMethod, OperationVersion, Version};

impl Engine<'_> {
    /// Returns the API version in the query.
    pub(crate) fn asked_version(&self) -> Result<&str, Refusal> {
        let query = self.request.query().iter();
        let given = query.filter(|(name, _)| name.eq_ignore_ascii_case("api-version"));
        let given: Vec<&str> = given.map(|(_, version)| version.as_str()).collect();
        match *given.as_slice() {
            [first, .., last] if first != last => {
                let message = format!("the query has two api-versions: '{first}' and '{last}'");
                refuse(400, "InvalidApiVersionParameter", message)
            }
            [asked, ..] if !asked.is_empty() => Ok(asked),
            _ => {
                let message = format!(
                    "the query has no api-version, which every request needs; the provider \
                     supports {}",
                    self.known_versions()
                );
                refuse(400, "MissingApiVersionParameter", message)
            }
        }
    }

    /// Returns the description of a request that needs no version, or has the one that its operation
    /// fixes.
    pub(crate) fn own_version(&self, segments: &[String]) -> Option<usize> {
        let method = HttpMethod::from_name(self.request.method());
        let operation = route::operation_of(self.catalog, method, segments)?;
        let is_fine = match operation.api_version.as_ref()? {
            OperationVersion::None => true,
            OperationVersion::Own(own) => {
                self.request.parameter("api-version") == Some(own.as_str())
            }
        };
        let described = operation
            .versions
            .as_ref()
            .and_then(|all| all.last().copied());
        let newest = self
            .catalog
            .table
            .versions
            .last()
            .map(|version| version.shape);
        described.or(newest).filter(|_| is_fine)
    }

    /// Returns the description that applies to the requested version.
    pub(crate) fn version_for(&self, resource_type: &str) -> Result<usize, Refusal> {
        let asked = self.asked_version()?;
        if let Some(version) = self.catalog.version(asked) {
            return Ok(version.shape);
        }
        if self.state.accepts_any_version
            && let Some(version) = nearest(&self.catalog.table.versions, asked)
        {
            return Ok(version.shape);
        }
        refuse(
            400,
            "NoRegisteredProviderFound",
            format!(
                "no resource provider is registered for API version '{asked}' of the type \
                 '{resource_type}'; the supported api-versions are '{}'",
                self.known_versions()
            ),
        )
    }

    /// Returns the description that applies, unless the requested version is unknown: a client of
    /// such a version may send items of any other.
    pub(crate) fn known_version(&self) -> Option<usize> {
        self.is_version_known.then_some(self.version)
    }

    /// Returns whether the descriptions have the version in the query, if that has one.
    pub(crate) fn has_known_version(&self) -> bool {
        let asked = self.asked_version().ok();
        asked.is_none_or(|asked| self.catalog.version(asked).is_some())
    }

    /// Checks the version of a request to Resource Manager itself, which accepts any date.
    pub(crate) fn check_own_version(&self) -> Result<(), Refusal> {
        let asked = self.asked_version()?;
        match date(asked) {
            Some(_) => Ok(()),
            None => refuse(
                400,
                "InvalidApiVersionParameter",
                format!("the api-version '{asked}' is not a date such as 2021-04-01"),
            ),
        }
    }

    pub(crate) fn known_versions(&self) -> String {
        let versions = self.catalog.table.versions.iter();
        let names: Vec<&str> = versions.map(|version| version.name.as_str()).collect();
        names.join(", ")
    }
}

/// Returns the version whose date is nearest; the newest for a name without a date.
fn nearest<'a>(versions: &'a [Version], asked: &str) -> Option<&'a Version> {
    let Some(asked) = date(asked) else {
        return versions.last();
    };
    let distance = |version: &&Version| {
        let own = date(&version.name);
        own.map_or(i64::MAX, |own| (own - asked).abs())
    };
    versions.iter().min_by_key(distance)
}

/// Converts a version's date to days, in months of 31 days.
fn date(version: &str) -> Option<i64> {
    let mut parts = version.splitn(4, '-');
    let mut number = |digits: usize| -> Option<i64> {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok())?
    };
    Some((number(4)? * 12 + number(2)?) * 31 + number(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_version_is_found() {
        let version = |name: &str| Version {
            name: name.to_owned(),
            shape: 0,
        };
        let all = [
            version("2023-01-01"),
            version("2024-06-01"),
            version("2025-01-01"),
        ];
        for (asked, found) in [
            ("2015-01-01", "2023-01-01"),
            ("2023-10-01-preview", "2024-06-01"),
            ("2024-05-31", "2024-06-01"),
            ("2030-01-01", "2025-01-01"),
            ("latest", "2025-01-01"),
        ] {
            let nearest = nearest(&all, asked).map(|version| version.name.as_str());
            assert_eq!(nearest, Some(found), "{asked}");
        }
    }
}
