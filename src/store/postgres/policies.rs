//! Policies that all servers on a database follow.

use std::{collections::BTreeMap, future::poll_fn, sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tokio_postgres::{AsyncMessage, Config};

use super::{Postgres, connect::Tls, fault::Fault, statements};
use crate::store::Error;

/// How often policies are looked at, whether anybody said that they changed or not.
const LOOK: Duration = Duration::from_millis(500);
/// How long to wait before listening again where that failed.
const AGAIN: Duration = Duration::from_secs(5);

/// Policies as text, by tenant; everybody's without one of their own under the empty name.
pub type Policies = BTreeMap<String, String>;

impl Postgres {
    /// The policies in force.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn published(&self) -> Result<Policies, Error> {
        let rows = self.query(statements::POLICIES, &[]).await?;
        let read =
            |row: &tokio_postgres::Row| -> Result<(String, String), Fault> { Ok((row.try_get(0)?, row.try_get(1)?)) };
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    async fn policies_state(&self) -> Result<String, Error> {
        let rows = self.query(statements::POLICIES_STATE, &[]).await?;
        Ok(rows.first().map(|row| row.try_get(0)).transpose().map_err(Fault::from)?.unwrap_or_default())
    }

    /// Puts a policy in force for a tenant, or for everybody without one of their own where the name is empty; `None` takes it out of
    /// force again. Servers take it up within a second.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn publish(&self, tenant: &str, policy: Option<&str>) -> Result<(), Error> {
        self.ask(async |client| {
            match policy {
                Some(policy) => client.execute(statements::PUBLISH, &[&tenant, &policy]).await?,
                None => client.execute(statements::WITHDRAW, &[&tenant]).await?,
            };
            // Databases that cannot tell others are looked at often enough.
            let _ = client.batch_execute(statements::NOTIFY).await;
            Ok(())
        })
        .await
    }

    /// Tells of policies whenever they are others than they were, beginning with what is `known`; for as long as somebody wants to
    /// know.
    pub fn follow_policies(self: &Arc<Self>, known: Policies) -> watch::Receiver<Policies> {
        let (tell, told) = watch::channel(known);
        let (database, mut news) = (Arc::clone(self), self.listen());
        tokio::spawn(async move {
            let mut seen = String::new();
            loop {
                tokio::select! {
                    () = tell.closed() => return,
                    // Told at once, or looked for soon.
                    _ = timeout(LOOK, news.changed()) => {}
                }
                // While it is away, what was in force stays.
                let Ok(state) = database.policies_state().await else { continue };
                if state == seen {
                    continue;
                }
                if let Ok(published) = database.published().await {
                    seen = state;
                    tell.send_if_modified(|known| {
                        let changed = *known != published;
                        *known = published;
                        changed
                    });
                }
            }
        });
        told
    }

    /// Changes whenever somebody says that policies did.
    fn listen(&self) -> watch::Receiver<()> {
        let (tell, told) = watch::channel(());
        let (config, tls) = (self.config.clone(), self.tls.clone());
        tokio::spawn(async move {
            while !tell.is_closed() {
                // A database that cannot tell is looked at often enough.
                let _ = pass_on(&config, &tls, &tell).await;
                // Without a connection for itself to lose, the sender's end is noticed late, and costs nothing until then.
                sleep(AGAIN).await;
            }
        });
        told
    }
}

async fn pass_on(config: &Config, tls: &Tls, tell: &watch::Sender<()>) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = config.connect(tls.clone()).await?;
    let mut messages = Box::pin(async {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            if matches!(message?, AsyncMessage::Notification(_)) {
                tell.send_replace(());
            }
        }
        Ok(())
    });
    tokio::select! {
        ended = &mut messages => return ended,
        listening = client.batch_execute(statements::LISTEN) => listening?,
    }
    tokio::select! {
        ended = &mut messages => ended,
        () = tell.closed() => Ok(()),
    }
}
