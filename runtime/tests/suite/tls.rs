//! The hosts that tokens may and may not be sent to.

use crate::{
    common::{NAME, Numbers, SERVICE, Thing, fast},
    support::{Server, StubResponse},
};
use arm_runtime::{
    ArmClientOptions, Client, ClientOptions, Error, ErrorKind, OffsetDateTime, Pager, Poller,
    Result, TokenCredential, reqwest_builder, transport,
};
use azure_core::{
    cloud::{Audiences, CloudConfiguration, CustomConfiguration},
    credentials::{AccessToken, TokenRequestOptions},
    http::{AsyncRawResponse, HttpClient, Request, RetryOptions, Transport, headers::Headers},
    time::Duration,
};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivatePkcs8KeyDer},
};

const TOKEN: &str = "very-secret-token";

#[derive(Debug, Default)]
struct Credential {
    scopes: Mutex<Vec<String>>,
    password: &'static str,
}

#[async_trait::async_trait]
impl TokenCredential for Credential {
    async fn get_token(
        &self,
        scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> Result<AccessToken> {
        if self.password == "wrong" {
            return Err(Error::with_message(ErrorKind::Credential, "no such user"));
        }
        self.scopes
            .lock()
            .unwrap()
            .extend(scopes.iter().map(|&scope| scope.to_owned()));
        Ok(AccessToken::new(
            TOKEN,
            OffsetDateTime::now_utc() + Duration::hours(1),
        ))
    }
}

/// Certificates for the hosts of the tests, and a client that trusts them.
struct Pki {
    acceptor: TlsAcceptor,
    certificate: reqwest::Certificate,
}

impl Pki {
    fn new() -> Self {
        let names = ["management.test", "eastus.management.test", "evil.test"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())
            .unwrap();
        Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            certificate: reqwest::Certificate::from_der(made.cert.der()).unwrap(),
        }
    }

    async fn server(
        &self,
        host: &str,
        responses: impl IntoIterator<Item = StubResponse>,
    ) -> Server {
        Server::tls(responses, self.acceptor.clone(), host).await
    }

    fn transport(&self) -> Transport {
        let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let client = reqwest_builder()
            .tls_certs_only([self.certificate.clone()])
            .resolve("management.test", here)
            .resolve("eastus.management.test", here)
            .resolve("evil.test", here)
            .build()
            .unwrap();
        transport(client)
    }

    fn client(&self, server: &Server) -> Client {
        let options = ArmClientOptions {
            endpoint: Some(server.base()),
            audience: Some("https://management.test/".to_owned()),
            client_options: ClientOptions {
                transport: Some(self.transport()),
                retry: RetryOptions::none(),
                ..ClientOptions::default()
            },
            ..ArmClientOptions::default()
        };
        Client::new(&SERVICE, Arc::new(Credential::default()), Some(options)).unwrap()
    }
}

async fn put(client: &Client) -> Result<()> {
    let root = client.root();
    let call = root.put("Things_Put", "/things/{name}").path(&NAME, "a");
    let poller: Poller<Thing> = call.begin(None, fast())?;
    poller.await.map(drop)
}

fn tokens(server: &Server) -> Vec<Option<String>> {
    let requests = server.requests();
    requests
        .iter()
        .map(|r| r.header("authorization").map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn the_token_is_sent_to_the_endpoint_over_tls() {
    let pki = Pki::new();
    let server = pki
        .server("management.test", [StubResponse::new(200).json(json!({}))])
        .await;
    let client = pki.client(&server);
    client
        .root()
        .get("Things_Get", "/things")
        .send::<Value>(&[200], None)
        .await
        .unwrap();
    assert_eq!(tokens(&server), [Some(format!("Bearer {TOKEN}"))]);
}

#[tokio::test]
async fn the_token_is_sent_to_subdomains() {
    let pki = Pki::new();
    let server = pki
        .server(
            "management.test",
            [
                StubResponse::new(202).header("azure-asyncoperation", "{regional}/op"),
                StubResponse::new(200).json(json!({"status": "Succeeded"})),
                StubResponse::new(200).json(json!({"name": "a"})),
            ],
        )
        .await;
    put(&pki.client(&server)).await.unwrap();
    let hosts: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.header("host").unwrap().to_owned())
        .collect();
    let port = server.address().port();
    assert_eq!(hosts[1], format!("eastus.management.test:{port}"));
    assert_eq!(
        tokens(&server),
        [(); 3].map(|()| Some(format!("Bearer {TOKEN}")))
    );
}

#[tokio::test]
async fn the_token_is_sent_to_no_other_host() {
    let pki = Pki::new();
    let evil = pki
        .server(
            "evil.test",
            [StubResponse::new(200).json(json!({"status": "Succeeded"}))],
        )
        .await;
    let port = evil.address().port();
    let places = [
        evil.base(),
        "http://management.test:{port}".to_owned(),
        "https://evilmanagement.test:{port}".to_owned(),
        "https://management.test.evil.test:{port}".to_owned(),
        "https://management.test.:{port}".to_owned(),
        "https://test:{port}".to_owned(),
        "https://user@management.test:{port}".to_owned(),
        "https://:password@management.test:{port}".to_owned(),
        format!("https://management.test:{port}"),
        format!("https://management.test@evil.test:{port}"),
        format!("https://management.test.evil.test:{port}"),
        format!("https://evilmanagement.test:{port}"),
        format!("//evil.test:{port}"),
        format!("\\\\evil.test:{port}"),
        format!("http://management.test:{port}"),
        "{base}@evil.test".to_owned(),
        "http://management.test".to_owned(),
        "https://user@management.test".to_owned(),
    ];
    for header in ["azure-asyncoperation", "operation-location", "location"] {
        for place in &places {
            let response = StubResponse::new(202).header(header, &format!("{place}/op"));
            let server = pki.server("management.test", [response]).await;
            let error = put(&pki.client(&server)).await.unwrap_err().to_string();
            assert!(
                error.contains("refused to follow a link to"),
                "{place}: {error}"
            );
            assert!(
                error.contains("https://management.test"),
                "{place}: {error}"
            );
            assert_eq!(server.requests().len(), 1, "{place}");
        }
    }
    assert_eq!(evil.connections(), 0);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let pki = Pki::new();
    let evil = pki.server("evil.test", []).await;
    for status in [301, 302, 303, 307, 308] {
        let response = StubResponse::new(status).header("location", &evil.base());
        let server = pki.server("management.test", [response]).await;
        let error = put(&pki.client(&server)).await.unwrap_err();
        assert_eq!(error.http_status().map(u16::from), Some(status));
    }
    assert_eq!(evil.connections(), 0);
}

#[tokio::test]
async fn an_untrusted_certificate_is_refused() {
    let (ours, theirs) = (Pki::new(), Pki::new());
    let server = theirs
        .server("management.test", [StubResponse::new(200)])
        .await;
    let error = put(&ours.client(&server)).await.unwrap_err();
    assert!(error.to_string().contains("failed"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_credential_needs_https() {
    let options = ArmClientOptions {
        endpoint: Some("http://127.0.0.1:1".to_owned()),
        audience: Some("https://x".to_owned()),
        ..ArmClientOptions::default()
    };
    let result = Client::new(&SERVICE, Arc::new(Credential::default()), Some(options));
    let error = result.unwrap_err().to_string();
    assert!(
        error.contains("must be https when there is a credential"),
        "{error}"
    );
}

#[tokio::test]
async fn a_failing_credential_is_an_error() {
    let pki = Pki::new();
    let server = pki.server("management.test", []).await;
    let credential = Arc::new(Credential {
        password: "wrong",
        ..Credential::default()
    });
    let options = ArmClientOptions {
        endpoint: Some(server.base()),
        audience: Some("https://management.test".to_owned()),
        ..ArmClientOptions::default()
    };
    let client = Client::new(&SERVICE, credential, Some(options)).unwrap();
    let error = put(&client).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credential), "{error:?}");
    assert!(error.to_string().contains("no such user"), "{error}");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn debug_shows_no_credential() {
    let pki = Pki::new();
    let server = pki
        .server("management.test", [StubResponse::new(200).json(json!({}))])
        .await;
    let credential = Arc::new(Credential {
        password: "hunter2",
        ..Credential::default()
    });
    let options = ArmClientOptions {
        endpoint: Some(server.base()),
        audience: Some("https://management.test".to_owned()),
        client_options: ClientOptions {
            transport: Some(pki.transport()),
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    };
    let client = Client::new(&SERVICE, credential, Some(options)).unwrap();
    let scope = client.root();
    scope
        .get("Things_Get", "/things")
        .send::<Value>(&[200], None)
        .await
        .unwrap();
    let call = scope.get("Things_Get", "/things");
    let text = format!("{client:?} {scope:?} {call:?}");
    assert!(text.contains("https://management.test"));
    assert!(!text.contains(TOKEN) && !text.contains("hunter2"), "{text}");
}

/// Records requests, and responds with an empty body.
#[derive(Debug, Default)]
struct Recorder(Mutex<Vec<String>>);

#[async_trait::async_trait]
impl HttpClient for Recorder {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        self.0.lock().unwrap().push(request.url().to_string());
        Ok(AsyncRawResponse::from_bytes(
            200.into(),
            Headers::new(),
            "{}",
        ))
    }
}

/// Returns the URL and the token scope of a request.
async fn goes(mut options: ArmClientOptions) -> Result<(String, String)> {
    let recorder = Arc::new(Recorder::default());
    let credential = Arc::new(Credential::default());
    options.client_options.transport = Some(Transport::new(recorder.clone()));
    let client = Client::new(&SERVICE, credential.clone(), Some(options))?;
    let root = client.root();
    root.get("Things_Get", "/things")
        .send::<Value>(&[200], None)
        .await?;
    let url = recorder.0.lock().unwrap().remove(0);
    let scope = credential.scopes.lock().unwrap().remove(0);
    Ok((url, scope))
}

fn in_cloud(cloud: CloudConfiguration) -> ArmClientOptions {
    ArmClientOptions {
        client_options: ClientOptions {
            cloud: Some(Arc::new(cloud)),
            ..ClientOptions::default()
        },
        ..ArmClientOptions::default()
    }
}

#[tokio::test]
async fn every_cloud_has_its_token_scope() {
    let clouds = [
        (
            CloudConfiguration::AzurePublic,
            "https://management.azure.com",
        ),
        (
            CloudConfiguration::AzureGovernment,
            "https://management.usgovcloudapi.net",
        ),
        (
            CloudConfiguration::AzureChina,
            "https://management.chinacloudapi.cn",
        ),
    ];
    for (cloud, home) in clouds {
        let (url, scope) = goes(in_cloud(cloud)).await.unwrap();
        assert_eq!(url, format!("{home}/things?api-version=2025-01-01"));
        assert_eq!(scope, format!("{home}/.default"));
    }
}

#[tokio::test]
async fn a_regional_endpoint_has_the_clouds_token_scope() {
    let options = ArmClientOptions {
        endpoint: Some("https://eastus.management.azure.com".to_owned()),
        ..ArmClientOptions::default()
    };
    let (url, scope) = goes(options).await.unwrap();
    assert!(url.starts_with("https://eastus.management.azure.com/things"));
    assert_eq!(scope, "https://management.azure.com/.default");
}

/// Responds with a page with this next link, then with a last page.
#[derive(Debug)]
struct NextLink(String, Mutex<Vec<String>>);

#[async_trait::async_trait]
impl HttpClient for NextLink {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse> {
        let mut urls = self.1.lock().unwrap();
        urls.push(request.url().to_string());
        let body = match urls.len() {
            1 => json!({"value": [1], "nextLink": self.0}),
            _ => json!({"value": [2]}),
        };
        let (status, headers) = (200.into(), Headers::new());
        Ok(AsyncRawResponse::from_bytes(
            status,
            headers,
            body.to_string(),
        ))
    }
}

/// Follows a next link with a client of this cloud and endpoint. Returns the number of requests or
/// the error.
async fn follow(cloud: &CloudConfiguration, endpoint: Option<&str>, link: &str) -> Result<usize> {
    let transport = Arc::new(NextLink(link.to_owned(), Mutex::default()));
    let mut options = in_cloud(cloud.clone());
    options.endpoint = endpoint.map(str::to_owned);
    options.audience = Some("https://audience".to_owned());
    options.client_options.transport = Some(Transport::new(transport.clone()));
    let client = Client::new(&SERVICE, Arc::new(Credential::default()), Some(options))?;
    let pager: Pager<Numbers> = client.root().get("Do", "/t").pager(&[200], None)?;
    let items: Vec<u32> = pager.try_collect().await?;
    assert_eq!(items, [1, 2]);
    Ok(transport.1.lock().unwrap().len())
}

#[tokio::test]
async fn links_within_the_endpoints_cloud_are_followed() {
    const PUBLIC: CloudConfiguration = CloudConfiguration::AzurePublic;
    const GOVERNMENT: CloudConfiguration = CloudConfiguration::AzureGovernment;
    let global = "https://management.azure.com";
    let east = "https://eastus.management.azure.com";
    let west = "https://westus.management.azure.com:443";
    let government = "https://management.usgovcloudapi.net";
    let stack = "https://management.stack.example";
    let followed = [
        (PUBLIC, None, global),
        (PUBLIC, None, east),
        (PUBLIC, Some(east), global),
        (PUBLIC, Some(east), west),
        (PUBLIC, Some(stack), stack),
        (
            GOVERNMENT,
            Some("https://usgovvirginia.management.usgovcloudapi.net"),
            government,
        ),
    ];
    for (cloud, endpoint, home) in followed {
        let link = format!("{home}/next");
        let requests = follow(&cloud, endpoint, &link).await;
        assert_eq!(requests.unwrap(), 2, "{endpoint:?} {link}");
    }
    let refused = [
        (PUBLIC, Some(east), government),
        (PUBLIC, Some(east), "https://azure.com"),
        (PUBLIC, Some(east), "https://evilmanagement.azure.com"),
        (PUBLIC, Some(east), "https://management.azure.com:8443"),
        (PUBLIC, Some(east), "https://management.azure.com.evil.test"),
        // An endpoint outside the cloud, and one of another cloud, are the only trusted hosts.
        (PUBLIC, Some(stack), global),
        (PUBLIC, Some("https://management.azure.com:8443"), global),
        (GOVERNMENT, Some(east), global),
        (GOVERNMENT, Some(east), government),
    ];
    for (cloud, endpoint, home) in refused {
        let link = format!("{home}/next");
        let error = follow(&cloud, endpoint, &link).await.unwrap_err();
        assert!(
            error.to_string().contains("refused to follow"),
            "{endpoint:?} {link}: {error}"
        );
    }
}

#[tokio::test]
async fn a_custom_endpoint_needs_an_audience() {
    let mut options = ArmClientOptions {
        endpoint: Some("https://management.stack.example".to_owned()),
        ..ArmClientOptions::default()
    };
    let error = goes(options.clone()).await.unwrap_err().to_string();
    assert!(error.contains("no audience is known"), "{error}");
    for audience in ["https://stack", "https://stack/", "https://stack/.default"] {
        options.audience = Some(audience.to_owned());
        assert_eq!(
            goes(options.clone()).await.unwrap().1,
            "https://stack/.default"
        );
    }
}

#[tokio::test]
async fn a_custom_cloud_has_its_own_audience() {
    let mut custom = CustomConfiguration::default();
    custom.audiences =
        Audiences::new().with::<arm_runtime::ResourceManager>("https://stack.example".to_owned());
    let mut options = in_cloud(custom.into());
    options.endpoint = Some("https://management.stack.example".to_owned());
    let (url, scope) = goes(options).await.unwrap();
    assert!(url.starts_with("https://management.stack.example/things"));
    assert_eq!(scope, "https://stack.example/.default");
}
