//! Where an installation keeps its data, and how it is opened.
use crate::failure::{Failure, Outcome};
use crate::packs;
use clap::Args;
use liangu_app::{App, Options};
use liangu_base::{Clock, Instant};
use liangu_model::Model;
use liangu_store::{Config, Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every row carries it; one database can hold several installations.
pub const TENANT: &str = "main";
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Args, Clone, Debug)]
pub struct Place {
    /// 数据目录 · data directory
    #[arg(long, value_name = "DIR", default_value = "data")]
    pub dir: PathBuf,
    /// PostgreSQL 地址，不用目录中的 SQLite · PostgreSQL address instead of SQLite in the directory
    #[arg(long, value_name = "URL", env = "LIANGU_DATABASE")]
    pub database: Option<String>,
    /// PostgreSQL 模式 · PostgreSQL schema
    #[arg(long, value_name = "NAME", requires = "database")]
    pub schema: Option<String>,
    /// 附加业务包文件夹 · folders of further packs
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

impl Place {
    pub fn config(&self) -> Config {
        self.config_at(&self.dir)
    }

    pub fn config_at(&self, dir: &Path) -> Config {
        match &self.database {
            None => Config::Sqlite { dir: dir.to_owned() },
            Some(url) => Config::Postgres { url: url.clone(), schema: self.schema.clone(), files: dir.to_owned() },
        }
    }

    pub fn model(&self) -> Outcome<Arc<Model>> {
        packs::model(&self.packs)
    }

    /// The store of an installation that exists.
    pub fn open(&self) -> Outcome<Store> {
        let config = self.config();
        if !Store::exists(&config)? {
            let shown = self.shown();
            return Err(Failure::refused(
                format!("{shown} 还没有系统；请先运行 liangu init 或 liangu demo。"),
                format!("There is no installation in {shown} yet; run liangu init or liangu demo first."),
            ));
        }
        open(&config, &self.model()?)
    }

    /// The running application over an installation that exists.
    pub fn app(&self) -> Outcome<Arc<App>> {
        Ok(App::open(self.open()?, Options::system(VERSION))?)
    }

    /// As a person calls it; never with the password in a database's address.
    pub fn shown(&self) -> String {
        match (&self.database, &self.schema) {
            (None, _) => self.dir.display().to_string(),
            (Some(_), None) => "PostgreSQL".to_owned(),
            (Some(_), Some(schema)) => format!("PostgreSQL {schema}"),
        }
    }
}

pub fn open(config: &Config, model: &Arc<Model>) -> Outcome<Store> {
    Store::open(config, model, TENANT).map_err(|error| match error {
        StoreError::ModelChanged { .. } => Failure::refused(
            "数据库采用的业务包与本程序的不同；请先运行 liangu pack plan 查看差异，再运行 liangu pack apply。演示可用 liangu demo --fresh 重新制作。",
            "The database was made for other packs than this program's; look at the difference with liangu pack plan and apply it with liangu pack apply. A demonstration can be made anew with liangu demo --fresh.",
        ),
        other => other.into(),
    })
}

pub fn now() -> Instant {
    liangu_app::secrets::SystemClock.now()
}
