//! The listening socket: connections in, each served by itself, no more at once than there is room for.

use std::{io, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use tokio::{net::TcpListener, task::JoinSet, time::sleep};
use tonic::service::Routes;

use super::{admitted::stopping, connection, gate::Shared, services::Services};
use crate::engine::Engine;

/// After a failed accept, such as for want of file descriptors, the next would fail as well.
const RECOVER: Duration = Duration::from_millis(50);

/// All that serving takes.
pub(super) struct Listening {
    pub listener: TcpListener,
    pub tls: Option<Arc<ArcSwap<ServerConfig>>>,
    pub engine: Arc<Engine>,
    /// What else there is to be called.
    pub others: Routes,
    pub shared: Arc<Shared>,
}

impl Listening {
    /// Serves until the server stops and every connection has ended.
    pub(super) async fn run(self) {
        let Self { listener, tls, engine, others, shared } = self;
        let mut stopping = std::pin::pin!(stopping(shared.draining.clone()));
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                () = &mut stopping => break,
                Some(_) = connections.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        if connections.len() >= shared.admission.bounds().connections {
                            // Told at once, by the end of the connection: there is nobody to tell it in words.
                            shared.metrics.connection_refused("full");
                            drop(stream);
                            continue;
                        }
                        let tls = tls.as_ref().map(|tls| tls.load_full());
                        // Of each connection's own, as its calls have shares in them.
                        let services = Services::new(&engine, &shared.metrics, &others);
                        let shared = Arc::clone(&shared);
                        let open = shared.metrics.connection();
                        connections.spawn(async move {
                            let _open = open;
                            ended(connection::serve(stream, tls, services, shared).await);
                        });
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be taken");
                        sleep(RECOVER).await;
                    }
                },
            }
        }
        // New connections are refused from here on, by the system: clients go elsewhere at once.
        drop(listener);
        while connections.join_next().await.is_some() {}
    }
}

/// Connections break all the time; why is of interest to whoever looks for it.
fn ended(how: io::Result<()>) {
    if let Err(error) = how {
        tracing::debug!(%error, "a connection ended");
    }
}
