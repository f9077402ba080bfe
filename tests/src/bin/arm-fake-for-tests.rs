//! The program `arm-fake` as the generated crate has it, for tests that start it.

use arm_machinelearning::fake::{Server, arm_fake::program};
use std::process::ExitCode;

fn main() -> ExitCode {
    program::run(&Server::new())
}
