//! `liangu serve`: answers requests until it is told to stop.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::Place;
use clap::Args;
use liangu_app::App;
use liangu_server::ServeOptions;
use std::net::SocketAddr;
use std::sync::Arc;

#[derive(Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// 监听地址 · address to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    address: SocketAddr,
    /// 只经 HTTPS 发送会话 · send the session over HTTPS only
    #[arg(long)]
    secure_cookies: bool,
    #[command(flatten)]
    imports: ImportLimits,
}

/// What an imported file may cost; each can be set by the environment too.
#[derive(Args, Clone, Debug)]
pub struct ImportLimits {
    /// 导入文件上限，MB · most megabytes of an imported file
    #[arg(long, value_name = "MB", env = "LIANGU_IMPORT_MB", default_value_t = 64)]
    import_mb: u64,
    /// 解压倍数上限 · how many times its size a part of a workbook may inflate to
    #[arg(long, value_name = "N", env = "LIANGU_IMPORT_RATIO", default_value_t = 100)]
    import_ratio: u64,
    /// 单元格上限 · most cells with a value
    #[arg(long, value_name = "N", env = "LIANGU_IMPORT_CELLS", default_value_t = 8_000_000)]
    import_cells: u64,
    /// 列数上限 · most columns
    #[arg(long, value_name = "N", env = "LIANGU_IMPORT_COLUMNS", default_value_t = 500)]
    import_columns: usize,
    /// 工作簿部件上限 · most parts of a workbook
    #[arg(long, value_name = "N", env = "LIANGU_IMPORT_ENTRIES", default_value_t = 1000)]
    import_entries: usize,
}

impl ImportLimits {
    fn apply(&self, app: &App) {
        let limits = liangu_app::exchange::Limits {
            file_bytes: self.import_mb << 20,
            ratio: self.import_ratio,
            cells: self.import_cells,
            columns: self.import_columns,
            entries: self.import_entries,
            ..liangu_app::exchange::Limits::default()
        };
        app.exchange().set_limits(limits);
    }
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let app = arguments.place.app()?;
    arguments.imports.apply(&app);
    serve(app, ServeOptions { address: arguments.address, secure_cookies: arguments.secure_cookies }, console)
}

/// Serves until SIGTERM or Ctrl-C; requests under way are finished.
pub fn serve(app: Arc<App>, options: ServeOptions, console: &Console) -> Outcome<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("LIANGU_LOG").unwrap_or_else(|_| "info".into());
    // A second subscriber in one process is refused, which only tests could try.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| unable(&options, &e))?;
    let ready = |address: SocketAddr| console.say(format!("已启动：http://{address}"), format!("Serving: http://{address}"));
    runtime.block_on(liangu_server::serve(app, options, ready, stop())).map_err(|e| unable(&options, &e))
}

fn unable(options: &ServeOptions, error: &std::io::Error) -> Failure {
    let address = options.address;
    Failure::refused(
        format!("无法在 {address} 提供服务：{error}；请换一个地址（--address）。"),
        format!("Cannot serve on {address}: {error}; choose another address (--address)."),
    )
}

/// Done when the operator or the system asks to stop.
async fn stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminated) = terminated else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
