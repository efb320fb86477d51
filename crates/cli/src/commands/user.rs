//! `liangu user`: accounts from the console of the machine, for an administrator who cannot get in.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::Place;
use clap::Subcommand;
use liangu_app::accounts::admin::{AccountPatch, NewAccount};
use liangu_app::{App, Caller, Principal};
use liangu_base::Lang;

#[derive(Subcommand, Debug)]
pub enum Command {
    /// 列出账户 · list accounts
    List {
        #[command(flatten)]
        place: Place,
    },
    /// 新增账户，打印一次性密码 · add an account and print its one-time password
    Add {
        login: String,
        /// 姓名 · name of the person
        #[arg(long)]
        name: String,
        /// 角色，可重复 · role, repeatable
        #[arg(long, required = true)]
        role: Vec<String>,
        /// 所属地区 · region
        #[arg(long)]
        region: Option<String>,
        /// 所属单位编号 · id of the organisation
        #[arg(long)]
        organisation: Option<String>,
        /// 所属企业编号 · id of the firm
        #[arg(long)]
        firm: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// 停用账户 · disable an account
    Disable {
        login: String,
        #[command(flatten)]
        place: Place,
    },
    /// 重置密码，打印一次性密码 · reset a password and print a one-time one
    Reset {
        login: String,
        #[command(flatten)]
        place: Place,
    },
}

pub fn run(command: &Command, console: &Console) -> Outcome<()> {
    let place = match command {
        Command::List { place } | Command::Add { place, .. } | Command::Disable { place, .. } | Command::Reset { place, .. } => place,
    };
    let app = place.app()?;
    let principal = Principal::operator();
    let caller = caller(&app, &principal, console.lang);
    match command {
        Command::List { .. } => list(&caller, console),
        Command::Add { login, name, role, region, organisation, firm, .. } => {
            let new = NewAccount {
                login: login.clone(),
                name: name.clone(),
                roles: role.clone(),
                organisation: organisation.clone(),
                firm: firm.clone(),
                park: None,
                region: region.clone(),
            };
            let made = caller.create_account(&new, None)?;
            password(&caller, &made.id, login, console)
        }
        Command::Disable { login, .. } => {
            let (id, version) = find(&caller, login)?;
            caller.update_account(&id, version, &AccountPatch { disabled: Some(true), ..AccountPatch::default() })?;
            console.say(format!("已停用 {login}，其会话已结束。"), format!("{login} is disabled and its sessions are ended."));
            Ok(())
        }
        Command::Reset { login, .. } => password(&caller, &find(&caller, login)?.0, login, console),
    }
}

fn caller<'a>(app: &'a App, principal: &'a Principal, lang: Lang) -> Caller<'a> {
    Caller::new(app, principal, lang)
}

fn password(caller: &Caller<'_>, id: &str, login: &str, console: &Console) -> Outcome<()> {
    let one_time = caller.one_time_password(id)?;
    console.say(
        format!("{login} 的一次性密码（只显示这一次，首次登录须修改）：{}", one_time.password),
        format!("One-time password of {login} (shown once, to be changed at the first sign-in): {}", one_time.password),
    );
    Ok(())
}

fn list(caller: &Caller<'_>, console: &Console) -> Outcome<()> {
    let mut after: Option<String> = None;
    loop {
        let page = caller.accounts(after.as_deref())?;
        for account in page.items {
            let state = match (account.disabled, account.has_password) {
                (true, _) => ("停用", "disabled"),
                (false, false) => ("无密码", "no password"),
                (false, true) => ("可用", "active"),
            };
            let (login, name, roles) = (account.login, account.name, account.roles.join(","));
            console.say(format!("{login}\t{name}\t{roles}\t{}", state.0), format!("{login}\t{name}\t{roles}\t{}", state.1));
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

fn find(caller: &Caller<'_>, login: &str) -> Outcome<(String, i64)> {
    let mut after: Option<String> = None;
    loop {
        let page = caller.accounts(after.as_deref())?;
        if let Some(account) = page.items.iter().find(|a| a.login == login) {
            return Ok((account.id.clone(), account.version));
        }
        match page.next {
            Some(next) => after = Some(next),
            None => {
                return Err(Failure::refused(
                    format!("没有账户 {login}；请用 liangu user list 查看。"),
                    format!("There is no account {login}; see liangu user list."),
                ));
            }
        }
    }
}
