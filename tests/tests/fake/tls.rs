//! The fake over TLS, with its own certificate.

use arm_fake::Certificate;
use arm_machinelearning::fake::Server;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

/// Returns a connector that trusts a certificate.
pub(crate) fn connector(pem: &str) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

#[tokio::test]
async fn clients_that_trust_the_authority_are_served() {
    let certificate = Certificate::for_names(&["localhost", "127.0.0.1"]).unwrap();
    let server = Server::new();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let listening = server.listen_tls(any, &certificate).await.unwrap();
    assert!(listening.url().starts_with("https://127.0.0.1:"));
    let get = "GET /metadata/endpoints HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    for name in ["localhost", "127.0.0.1"] {
        let stream = TcpStream::connect(listening.address()).await.unwrap();
        let name = ServerName::try_from(name).unwrap();
        let mut stream = connector(certificate.authority_pem())
            .connect(name, stream)
            .await
            .unwrap();
        stream.write_all(get.as_bytes()).await.unwrap();
        let mut response = String::new();
        let _ = stream.read_to_string(&mut response).await;
        assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
        assert!(response.contains("https://localhost/"), "{response}");
    }
    let other = Certificate::for_names(&["localhost"]).unwrap();
    let stream = TcpStream::connect(listening.address()).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    assert!(
        connector(other.authority_pem())
            .connect(name, stream)
            .await
            .is_err()
    );
}
