//! Calls the methods of a generated client by the IDs of their operations.
//!
//! The generator writes a table of [`Call`]s for each service. A call takes the arguments of its
//! method from [`Arguments`], where they are JSON, and turns what the method returns into an
//! [`Outcome`]. The proofs in `tests/` use such a table; [`run`] is the program that runs the
//! examples of Swagger files with it.

mod arguments;
pub mod outcome;
mod program;
mod server;

pub use arguments::{Arguments, Location, Parameter, file};
pub use outcome::Outcome;
pub use program::{Failure, run};

use arm_runtime::Result;
use futures::future::BoxFuture;

/// Calls the method of an operation of the client `C`.
pub type Call<C> = for<'a> fn(&'a C, &'a dyn Arguments) -> Running<'a>;

/// A call in progress.
pub type Running<'a> = BoxFuture<'a, Result<Outcome>>;
