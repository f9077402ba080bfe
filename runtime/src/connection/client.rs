//! The connection to Resource Manager.

use super::{
    challenge::ReauthorizePolicy,
    cloud::Target,
    links,
    options::ArmClientOptions,
    redirects::{self, Redirects},
    request_id::RequestIds,
    retry::RetrySafetyPolicy,
    service::Service,
    size_limit::{SizeLimit, StreamBody},
    transport_error::outcome,
};
use crate::{response::body, rules::error::invalid_argument, text::percent};
use azure_core::{
    Result,
    credentials::TokenCredential,
    http::{
        AsyncRawResponse, ClientOptions, Context, Pipeline, PipelineStreamOptions, RawResponse,
        Request, Transport, Url,
        policies::{Policy, auth::BearerTokenAuthorizationPolicy},
    },
    time::Duration,
    tracing::Tracer,
};
use std::{fmt, sync::Arc};

/// A connection to Resource Manager for one service.
///
/// Clones are cheap and share the connection. Generated clients wrap a [`Scope`](crate::Scope) of
/// one.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    service: &'static Service,
    pipeline: Pipeline,
    endpoint: Url,
    trusted_origin: Url,
    api_version: String,
    /// Whether the caller has chosen the API version.
    chose_version: bool,
    /// The API version as part of a query.
    encoded_version: String,
    tracer: Option<Arc<dyn Tracer>>,
    request_ids: RequestIds,
    validate: bool,
    send_read_only: bool,
    register_provider: bool,
    follow_redirects: bool,
    min_poll_frequency: Duration,
    max_response_bytes: u64,
}

impl Client {
    /// Creates a client that authorizes every request with a token of the credential.
    ///
    /// # Errors
    ///
    /// If the endpoint is not an `https` URL or has no known audience, the API version is empty, or
    /// `azure_core` does not accept the application ID.
    pub fn new(
        service: &'static Service,
        credential: Arc<dyn TokenCredential>,
        options: Option<ArmClientOptions>,
    ) -> Result<Self> {
        let options = options.unwrap_or_default();
        if options.follow_redirects {
            return Err(invalid_argument(
                "`ArmClientOptions::follow_redirects` is for clients without a credential: a \
                 redirect must not decide where a token is sent"
                    .to_owned(),
            ));
        }
        let target = Target::from_options(&options)?;
        if target.endpoint.scheme() != "https" {
            return Err(invalid_argument(format!(
                "the endpoint must be https when there is a credential, but is {}: a token must \
                 not be sent in the clear",
                target.endpoint
            )));
        }
        let Some(token_scope) = &target.token_scope else {
            return Err(invalid_argument(format!(
                "no audience is known for the endpoint {}: set `ArmClientOptions::audience` to \
                 what tokens for it are issued for",
                target.endpoint
            )));
        };
        let token = BearerTokenAuthorizationPolicy::new(credential, [token_scope.as_str()]);
        let authorization = vec![
            Arc::new(ReauthorizePolicy) as Arc<dyn Policy>,
            Arc::new(token),
        ];
        Self::build(service, target, options, authorization)
    }

    /// Creates a client that sends no token, for local test servers and for proxies that add their
    /// own. Only such a client accepts an `http` endpoint.
    ///
    /// # Errors
    ///
    /// As for [`Client::new`].
    pub fn without_credential(
        service: &'static Service,
        options: ArmClientOptions,
    ) -> Result<Self> {
        let target = Target::from_options(&options)?;
        Self::build(service, target, options, Vec::new())
    }

    fn build(
        service: &'static Service,
        target: Target,
        options: ArmClientOptions,
        authorization: Vec<Arc<dyn Policy>>,
    ) -> Result<Self> {
        check_application_id(&options.client_options)?;
        let chose_version = options.api_version.is_some();
        let api_version = options
            .api_version
            .unwrap_or_else(|| service.default_api_version.to_owned());
        if api_version.trim().is_empty() {
            return Err(invalid_argument(
                "the API version must not be empty".to_owned(),
            ));
        }
        let encoded_version = percent::encode(&api_version).into_owned();
        let mut client_options = options.client_options;
        let tracer = tracer(service, &client_options);
        let transport = take_transport(&mut client_options)?;
        let max_response_bytes = options.max_response_bytes;
        client_options.transport = Some(Transport::with_policy(Arc::new(SizeLimit {
            transport,
            max_response_bytes,
        })));
        let per_try = authorization
            .into_iter()
            .chain([Arc::new(RetrySafetyPolicy { max_response_bytes }) as Arc<dyn Policy>])
            .collect();
        let pipeline = Pipeline::new(
            service.crate_name,
            service.crate_version,
            client_options,
            Vec::new(),
            per_try,
            None,
        );
        Ok(Self(Arc::new(Inner {
            service,
            pipeline,
            endpoint: target.endpoint,
            trusted_origin: target.trusted_origin,
            api_version,
            chose_version,
            encoded_version,
            tracer,
            request_ids: RequestIds::new(),
            validate: options.validate,
            send_read_only: options.send_read_only,
            register_provider: options.register_provider,
            follow_redirects: options.follow_redirects,
            min_poll_frequency: options.min_poll_frequency,
            max_response_bytes,
        })))
    }

    /// Returns the `api-version` that is sent with every request.
    pub fn api_version(&self) -> &str {
        &self.0.api_version
    }

    /// Returns the Resource Manager endpoint.
    pub fn endpoint(&self) -> &Url {
        &self.0.endpoint
    }

    /// Returns the description of the service.
    pub fn service(&self) -> &'static Service {
        self.0.service
    }

    /// Returns whether arguments and bodies are validated before they are sent.
    pub fn validates(&self) -> bool {
        self.0.validate
    }

    /// Returns whether the caller has chosen the API version.
    pub(crate) fn chose_version(&self) -> bool {
        self.0.chose_version
    }

    /// Returns whether PUT and PATCH send read-only members of models.
    pub(crate) fn sends_read_only(&self) -> bool {
        self.0.send_read_only
    }

    /// Returns the URL to whose host and subdomains links may lead.
    pub(crate) fn trusted_origin(&self) -> &Url {
        &self.0.trusted_origin
    }

    pub(crate) fn registers_provider(&self) -> bool {
        self.0.register_provider
    }

    pub(crate) fn min_poll_frequency(&self) -> Duration {
        self.0.min_poll_frequency
    }

    pub(crate) fn tracer(&self) -> Option<&Arc<dyn Tracer>> {
        self.0.tracer.as_ref()
    }

    pub(crate) fn max_response_bytes(&self) -> u64 {
        self.0.max_response_bytes
    }

    /// Returns the API version as part of a query.
    pub(crate) fn encoded_version(&self) -> &str {
        &self.0.encoded_version
    }

    /// Returns the URL of an encoded path, an encoded API version and the rest of the query, in
    /// which `&` begins each parameter.
    pub(crate) fn url(&self, path: &str, version: Option<&str>, query: &str) -> Result<Url> {
        let base = self.0.endpoint.path().trim_end_matches('/');
        let length = base.len() + path.len();
        let (mark, version, query) = match version {
            Some(version) => ("?api-version=", version, query),
            None => match query.strip_prefix('&') {
                Some(query) => ("?", "", query),
                None => ("", "", ""),
            },
        };
        let mut link = String::with_capacity(length + mark.len() + version.len() + query.len());
        for part in [base, path, mark, version, query] {
            link.push_str(part);
        }
        let url = self.0.endpoint.join(&link)?;
        let full = &link[..length];
        // All values in paths are encoded, so this cannot happen. If it did, the request would be
        // for another resource.
        if url.path() != full && !full.is_empty() {
            return Err(invalid_argument(format!(
                "the path {full} contains segments that would change it and is not sent"
            )));
        }
        Ok(url)
    }

    /// Sends a request and reads the whole response, whatever its status is.
    pub(crate) async fn send(
        &self,
        context: &Context<'_>,
        request: &mut Request,
    ) -> Result<RawResponse> {
        // The transport has read the body already, so this does not wait.
        let response = self.run_pipeline(context, request).await?;
        body::read(response, u64::MAX).await
    }

    /// Sends a request and returns the response as soon as its headers have arrived.
    pub(crate) async fn stream(
        &self,
        context: &Context<'_>,
        request: &mut Request,
    ) -> Result<AsyncRawResponse> {
        let context = context.clone().with_value(StreamBody);
        self.run_pipeline(&context, request).await
    }

    /// Sends a request through all policies, and follows redirects if the options say so.
    async fn run_pipeline(
        &self,
        context: &Context<'_>,
        request: &mut Request,
    ) -> Result<AsyncRawResponse> {
        let is_followed = self.0.follow_redirects && redirects::may_be_followed(context, request);
        let mut redirects = Redirects::default();
        loop {
            let response = self.run_pipeline_once(context, request).await?;
            let next = match is_followed {
                true => redirects.next(request.url(), response.status(), response.headers())?,
                false => None,
            };
            match next {
                Some(url) => *request.url_mut() = url,
                None => return Ok(response),
            }
        }
    }

    async fn run_pipeline_once(
        &self,
        context: &Context<'_>,
        request: &mut Request,
    ) -> Result<AsyncRawResponse> {
        links::check(&self.0.trusted_origin, request.url())?;
        self.0.request_ids.identify(context, request);
        let options = PipelineStreamOptions {
            skip_checks: true,
            ..PipelineStreamOptions::default()
        };
        let sent = self.0.pipeline.stream(context, request, Some(options));
        sent.await.or_else(|error| {
            let (status, headers, body) =
                outcome(error, request.method(), request.url())?.deconstruct();
            Ok(AsyncRawResponse::from_bytes(status, headers, body))
        })
    }
}

/// Shows the endpoint, and nothing of the credential.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.0.service.name)
            .field("endpoint", &self.0.endpoint.as_str())
            .field("api_version", &self.0.api_version)
            .finish_non_exhaustive()
    }
}

fn tracer(service: &'static Service, options: &ClientOptions) -> Option<Arc<dyn Tracer>> {
    let provider = options.instrumentation.tracer_provider.as_ref()?;
    Some(provider.get_tracer(
        Some(service.provider),
        service.crate_name.unwrap_or("unknown"),
        service.crate_version,
    ))
}

/// Returns the transport to send with. Without the `reqwest` feature `azure_core` has none.
fn take_transport(options: &mut ClientOptions) -> Result<Transport> {
    match options.transport.take() {
        Some(transport) => Ok(transport),
        #[cfg(feature = "reqwest")]
        None => super::transport::own(),
        #[cfg(not(feature = "reqwest"))]
        None => Err(invalid_argument(
            "no transport: set `ClientOptions::transport`, or enable the feature `reqwest`"
                .to_owned(),
        )),
    }
}

/// `azure_core` panics when an application ID breaks its rules.
fn check_application_id(options: &ClientOptions) -> Result<()> {
    const LONGEST: usize = 24;
    let Some(id) = options.user_agent.application_id.as_deref() else {
        return Ok(());
    };
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if id.len() <= LONGEST && id.bytes().all(is_token) {
        return Ok(());
    }
    Err(invalid_argument(format!(
        "the application ID {id:?} must have at most {LONGEST} characters, all of them letters, \
         digits or one of !#$%&'*+-.^_`|~"
    )))
}
