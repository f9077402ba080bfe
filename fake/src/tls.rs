//! TLS with a certificate that the fake creates itself.

use crate::{
    server::Server,
    socket::{Listening, Security},
};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use std::{fmt, io, net::SocketAddr, sync::Arc};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivatePkcs8KeyDer},
    },
};

/// A certificate for this computer, signed by an authority that was created only for it.
#[derive(Clone)]
pub struct Certificate {
    authority: String,
    chain: Vec<CertificateDer<'static>>,
    key: Vec<u8>,
}

impl Certificate {
    /// Creates an authority and a certificate for these names and addresses. The authority's
    /// private key is discarded.
    ///
    /// # Errors
    ///
    /// If a name cannot be used in a certificate.
    pub fn for_names(names: &[&str]) -> io::Result<Self> {
        let made = make(names).map_err(io::Error::other)?;
        Ok(made)
    }

    /// Returns the certificate of the authority as PEM, for the file of trusted certificates of a
    /// client.
    pub fn authority_pem(&self) -> &str {
        &self.authority
    }

    fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let key = PrivatePkcs8KeyDer::from(self.key.clone());
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), key.into())
            .map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// Shows nothing of the key.
impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").finish_non_exhaustive()
    }
}

impl Server {
    /// Serves HTTP/1.1 over TLS at an address, as [`listen`](Self::listen) does without.
    ///
    /// # Errors
    ///
    /// If the server cannot listen at the address.
    pub async fn listen_tls(
        &self,
        address: SocketAddr,
        certificate: &Certificate,
    ) -> io::Result<Listening> {
        let acceptor = certificate.acceptor()?;
        Listening::start(self.clone(), address, Security::Tls(acceptor)).await
    }
}

fn make(names: &[&str]) -> Result<Certificate, rcgen::Error> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.distinguished_name = named("arm-fake authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_certificate = authority.self_signed(&authority_key)?;

    let key = KeyPair::generate()?;
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut own = CertificateParams::new(names)?;
    own.distinguished_name = named("arm-fake");
    own.use_authority_key_identifier_extension = true;
    own.key_usages = vec![
        KeyUsagePurpose::DigitalSignature,
        KeyUsagePurpose::KeyEncipherment,
    ];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let issuer = Issuer::new(authority, authority_key);
    let certificate = own.signed_by(&key, &issuer)?;
    Ok(Certificate {
        authority: authority_certificate.pem(),
        chain: vec![
            certificate.der().clone(),
            authority_certificate.der().clone(),
        ],
        key: key.serialize_der(),
    })
}

fn named(name: &str) -> DistinguishedName {
    let mut whole = DistinguishedName::new();
    whole.push(DnType::CommonName, name);
    whole
}
