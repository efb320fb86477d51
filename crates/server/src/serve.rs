//! Listening, the work by the clock, and stopping without cutting a request.
use crate::router::{Settings, router};
use crate::table::routes;
use liangu_app::App;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Seconds between two looks at what is due.
const TICK_SECONDS: u64 = 60;
/// Seconds that requests under way have left when the program is told to stop.
const DRAIN_SECONDS: u64 = 10;

#[derive(Clone, Copy, Debug)]
pub struct ServeOptions {
    /// Port 0 takes a free one.
    pub address: SocketAddr,
    pub secure_cookies: bool,
}

/// Serves until `shutdown`; requests under way are finished. `ready` is told the address when it listens.
///
/// # Errors
/// When the address cannot be bound.
pub async fn serve(
    app: Arc<App>,
    options: ServeOptions,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let listener = TcpListener::bind(options.address).await?;
    let router = router(app.clone(), routes(), Settings { secure_cookies: options.secure_cookies });
    ready(listener.local_addr()?);
    let ticking = tokio::spawn(tick(app.clone()));
    let importing = tokio::task::spawn_blocking({
        let app = app.clone();
        move || imports(&app)
    });
    let sending = tokio::task::spawn_blocking({
        let app = app.clone();
        move || liangu_app::outgoing::run(&app)
    });
    let awarding = tokio::task::spawn_blocking({
        let app = app.clone();
        move || awards(&app)
    });
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let serving = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async { drop(stopped.await) });
    let mut serving = tokio::spawn(async move { serving.await });
    let served = tokio::select! {
        done = &mut serving => done,
        () = shutdown => {
            app.outgoing().stop();
            let _ = stop.send(());
            match tokio::time::timeout(Duration::from_secs(DRAIN_SECONDS), &mut serving).await {
                Ok(done) => done,
                Err(_) => {
                    serving.abort();
                    Ok(Ok(()))
                }
            }
        }
    };
    ticking.abort();
    app.outgoing().stop();
    app.exchange().signal().stop();
    app.award_signal().stop();
    // A batch under way is a commit: it ends by itself.
    let _ = importing.await;
    let _ = awarding.await;
    let _ = sending.await;
    served.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Seconds after which imports that could not go on are tried again.
const IMPORT_SECONDS: u64 = 30;

/// Works on imports until the program stops; those that were under way when it last ended go on at once.
fn imports(app: &App) {
    loop {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| app.run_imports())) {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::warn!(?fault, "an import could not go on; it is tried again"),
            Err(_) => tracing::error!("an import panicked; it is tried again"),
        }
        if !app.exchange().signal().wait(Duration::from_secs(IMPORT_SECONDS)) {
            return;
        }
    }
}

/// Seconds after which award runs that could not go on are tried again.
const AWARD_SECONDS: u64 = 30;

/// Freezes and grants award runs until the program stops; those that were under way when it last ended go on at once.
fn awards(app: &App) {
    loop {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| app.work_on_awards(&|| !app.award_signal().is_stopped()))) {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::warn!(?fault, "award runs could not go on; they are tried again"),
            Err(_) => tracing::error!("an award run panicked; it is tried again"),
        }
        if !app.award_signal().wait(Duration::from_secs(AWARD_SECONDS)) {
            return;
        }
    }
}

async fn tick(app: Arc<App>) {
    let mut interval = tokio::time::interval(Duration::from_secs(TICK_SECONDS));
    loop {
        interval.tick().await;
        let app = app.clone();
        match tokio::task::spawn_blocking(move || app.tick()).await {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => tracing::warn!(?fault, "work by the clock failed; it is tried again"),
            Err(error) => tracing::error!(%error, "work by the clock panicked; it is tried again"),
        }
    }
}
