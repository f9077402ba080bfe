//! The command line.

use azure_core::Uuid;
use clap::Parser;
use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

/// A fake Azure Resource Manager that serves until it is stopped.
///
/// It stores resources, checks requests against the description of the service and runs
/// long-running operations. Tokens are not checked.
#[derive(Debug, Parser)]
#[command(name = "arm-fake", version)]
pub(crate) struct Arguments {
    /// Address to listen at.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) address: IpAddr,

    /// Port for HTTP; 0 for any that is free.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,

    /// Port for HTTPS, which is off by default; 0 for any that is free.
    #[arg(long, requires = "certificate")]
    pub(crate) tls_port: Option<u16>,

    /// File to write the certificate of the authority to, which clients have to trust (PEM).
    #[arg(long, value_name = "FILE", requires = "tls_port")]
    pub(crate) certificate: Option<PathBuf>,

    /// Further name of this computer in the certificate; localhost and the addresses are in it
    /// anyway. May be repeated.
    #[arg(long, value_name = "NAME", requires = "tls_port")]
    pub(crate) host: Vec<String>,

    /// Number of polls that find a long-running operation still running.
    #[arg(long, conflicts_with = "takes")]
    pub(crate) polls: Option<u32>,

    /// Duration of long-running operations.
    #[arg(long, value_name = "MILLISECONDS")]
    pub(crate) takes: Option<u32>,

    /// Maximum number of items in a page of a list.
    #[arg(long, value_name = "ITEMS", default_value_t = 100,
        value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page_size: u32,

    /// Delay of every response.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    pub(crate) latency: u32,

    /// Refuses unknown API versions and unknown subscriptions, and requires resource groups to be
    /// created before their resources.
    #[arg(long)]
    pub(crate) strict: bool,

    /// The subscription.
    #[arg(
        long,
        value_name = "GUID",
        value_parser = guid,
        default_value = "00000000-0000-0000-0000-000000000000"
    )]
    pub(crate) subscription: String,

    /// Starts with the subscription not registered for the resource provider.
    #[arg(long)]
    pub(crate) unregistered: bool,

    /// File with the initial contents, as `Server::export` writes them: {"resources": [{"id":
    /// "/subscriptions/…", "body": {…}}]}.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,

    /// File to write all requests and responses to at the end, as HTTP Archive.
    #[arg(long, value_name = "FILE")]
    pub(crate) har: Option<PathBuf>,
}

fn guid(text: &str) -> Result<String, String> {
    match Uuid::parse_str(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("expected a GUID such as 00000000-0000-0000-0000-000000000000".to_owned()),
    }
}
