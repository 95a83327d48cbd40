//! The way to a running server: with TLS where its URL says so, and with a credential where it asks for one.

use std::{fs, net::IpAddr, path::PathBuf};

use clap::Args;
use hearten::rpc::pb::feedback_service_client::FeedbackServiceClient;
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::interceptor::InterceptedService,
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint},
};

use crate::commands::{Problem, config::without_user};

#[derive(Debug, Args)]
pub(super) struct Server {
    /// Send it through a running server, such as http://127.0.0.1:50051, under a fresh learner prefix.
    #[arg(long = "server", value_name = "URL")]
    pub(super) url: Option<String>,
    /// A file with the key or token that the server asks for.
    #[arg(long, value_name = "FILE", requires = "url")]
    key_file: Option<PathBuf>,
    /// Whose signature the server's certificate has, in PEM, instead of the authorities this machine trusts.
    #[arg(long, value_name = "FILE", requires = "url")]
    ca: Option<PathBuf>,
}

/// Shows the credential, if there is one, with every call.
#[derive(Clone)]
pub(super) struct Shown(Option<MetadataValue<Ascii>>);

impl tonic::service::Interceptor for Shown {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(credential) = &self.0 {
            request.metadata_mut().insert("authorization", credential.clone());
        }
        Ok(request)
    }
}

pub(super) type Client = FeedbackServiceClient<InterceptedService<Channel, Shown>>;

impl Server {
    pub(super) async fn connect(&self, url: &str) -> Result<Client, Problem> {
        let shown = without_user(url);
        let unreachable = |error| Problem::from(error).about(&format!("cannot reach {shown}"));
        let mut endpoint = Endpoint::from_shared(url.to_owned()).map_err(unreachable)?;
        if url.starts_with("https://") {
            let tls = match &self.ca {
                Some(path) => ClientTlsConfig::new().ca_certificate(Certificate::from_pem(read(path)?)),
                None => ClientTlsConfig::new().with_native_roots(),
            };
            endpoint = endpoint.tls_config(tls).map_err(unreachable)?;
        }
        let credential = self.key_file.as_ref().map(credential).transpose()?;
        if credential.is_some() && !url.starts_with("https://") && !is_here(&endpoint) {
            return Err(Problem::new(format!(
                "{shown}: a key is not sent in the clear to another machine: https:// is needed"
            )));
        }
        let channel = endpoint.connect().await.map_err(unreachable)?;
        Ok(FeedbackServiceClient::with_interceptor(channel, Shown(credential)))
    }
}

fn is_here(endpoint: &Endpoint) -> bool {
    let host = endpoint.uri().host().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn credential(path: &PathBuf) -> Result<MetadataValue<Ascii>, Problem> {
    let text = read(path)?;
    let unfit =
        |_| Problem::new(format!("{}: is no key or token: one line of plain letters is needed", path.display()));
    let mut credential: MetadataValue<Ascii> = format!("Bearer {}", text.trim()).parse().map_err(unfit)?;
    credential.set_sensitive(true);
    Ok(credential)
}

fn read(path: &PathBuf) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem::from(error).about(&path.display().to_string()))
}
