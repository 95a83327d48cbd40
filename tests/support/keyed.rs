//! Callers with a credential.

use std::path::Path;

use hearten::rpc::pb::{feedback_service_client::FeedbackServiceClient, learner_service_client::LearnerServiceClient};
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::{Channel, Endpoint},
};

use super::{client::in_time, hearten};

/// Makes a key for all of a tenant's data; the file is made where there is none.
pub fn new_key(file: &Path, tenant: &str) -> String {
    let made = hearten(["keys", "new", "--role", "ingest", "--role", "read", "--tenant", tenant, "--keys"])
        .arg(file)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

/// Shows a key with every call.
#[derive(Clone)]
pub struct Bearer(MetadataValue<Ascii>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}

/// A connection whose calls show a key.
#[derive(Clone)]
pub struct Keyed {
    channel: Channel,
    bearer: Bearer,
}

type Through = InterceptedService<Channel, Bearer>;

impl Keyed {
    pub async fn connect(url: String, key: &str) -> Self {
        let channel = in_time(Endpoint::from_shared(url).unwrap().connect()).await.unwrap();
        Self { channel, bearer: Bearer(format!("Bearer {key}").parse().unwrap()) }
    }

    pub fn feedback(&self) -> FeedbackServiceClient<Through> {
        FeedbackServiceClient::with_interceptor(self.channel.clone(), self.bearer.clone())
    }

    pub fn learners(&self) -> LearnerServiceClient<Through> {
        LearnerServiceClient::with_interceptor(self.channel.clone(), self.bearer.clone())
    }
}
