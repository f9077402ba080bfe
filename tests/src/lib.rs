//! Snapshot and integration tests of the workspace.
