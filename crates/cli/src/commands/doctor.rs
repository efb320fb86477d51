//! `liangu doctor`: looks at everything an installation stands on and names each fault with what to do.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::{Place, TENANT, now};
use clap::Args;
use liangu_base::text::{Explain, Text};
use liangu_base::{Instant, WorkCalendar};
use liangu_model::Model;
use liangu_store::{Store, StoreError};
use std::sync::Arc;

#[derive(Args, Debug)]
pub struct Arguments {
    #[command(flatten)]
    place: Place,
    /// 备份最多可以隔几天 · days a backup may be old
    #[arg(long, default_value_t = 7)]
    backup_days: i64,
}

/// One thing looked at. `fault` says what is wrong and what to do.
struct Look {
    name: Text,
    detail: Text,
    fault: Option<Text>,
}

fn good(name: Text, zh: impl Into<String>, en: impl Into<String>) -> Look {
    Look { name, detail: Text::new(zh.into(), en.into()), fault: None }
}

fn bad(name: Text, zh: impl Into<String>, en: impl Into<String>) -> Look {
    Look { name, detail: Text::default(), fault: Some(Text::new(zh.into(), en.into())) }
}

const PACKS: Text = Text::fixed("业务包", "packs");
const DATABASE: Text = Text::fixed("数据库", "database");
const DISK: Text = Text::fixed("磁盘", "disk");
const CLOCK: Text = Text::fixed("时钟", "clock");
const CALENDAR: Text = Text::fixed("工作日历", "calendar");
const BACKUP: Text = Text::fixed("备份", "backup");
const PEOPLE: Text = Text::fixed("管理员", "administrator");

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let at = now();
    let mut looks = Vec::new();
    let model = arguments.place.model();
    match &model {
        Ok(model) => looks.push(good(
            PACKS,
            format!("{} 个，{}", model.packs.len(), &model.hash[..12]),
            format!("{} of them, {}", model.packs.len(), &model.hash[..12]),
        )),
        Err(failure) => looks.push(Look { name: PACKS, detail: Text::default(), fault: Some(failure.text.clone()) }),
    }
    looks.push(calendar(at));
    looks.extend(disk(&arguments.place));
    if let Ok(model) = &model {
        looks.extend(database(arguments, model, at));
    }
    let faults = looks.iter().filter(|look| look.fault.is_some()).count();
    for look in &looks {
        let (name, lang) = (look.name.get(console.lang), console.lang);
        match &look.fault {
            None => console.line(&format!("✓ {name}  {}", look.detail.get(lang))),
            Some(fault) => console.line(&format!("✗ {name}  {}", fault.get(lang))),
        }
    }
    if faults == 0 {
        return Ok(());
    }
    Err(Failure::refused(format!("发现 {faults} 个问题。"), format!("{faults} faults found.")))
}

fn calendar(at: Instant) -> Look {
    let calendar: Result<WorkCalendar, _> = serde_json::from_str(liangu_packs::standards::HOLIDAYS);
    let Ok(calendar) = calendar else {
        return bad(CALENDAR, "随程序的日历无法读取；请重新安装。", "The calendar of the program cannot be read; install it again.");
    };
    let day = at.date_beijing();
    // The State Council publishes the next year in November.
    let needed = if day.month() == 12 { day.year() + 1 } else { day.year() };
    if calendar.is_published(needed) {
        return good(CALENDAR, format!("{needed} 年已收录"), format!("{needed} is on file"));
    }
    bad(
        CALENDAR,
        format!("没有 {needed} 年的放假安排；具有法律效力的期限会拒绝计算，请升级程序。"),
        format!("The holidays of {needed} are not on file; deadlines with legal effect are refused. Update the program."),
    )
}

#[cfg(unix)]
fn disk(place: &Place) -> Option<Look> {
    const MIB: u64 = 1 << 20;
    let existing = place.dir.ancestors().find(|p| p.exists()).unwrap_or(std::path::Path::new("."));
    let stat = rustix::fs::statvfs(existing).ok()?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize) / MIB;
    Some(if free >= 1024 {
        good(DISK, format!("剩余 {free} MiB"), format!("{free} MiB free"))
    } else {
        bad(
            DISK,
            format!("只剩 {free} MiB；请腾出至少 1 GiB，否则写入会被拒绝。"),
            format!("Only {free} MiB are free; make room for at least 1 GiB, or writes will be refused."),
        )
    })
}

#[cfg(not(unix))]
fn disk(_: &Place) -> Option<Look> {
    None
}

fn database(arguments: &Arguments, model: &Arc<Model>, at: Instant) -> Vec<Look> {
    let config = arguments.place.config();
    match Store::exists(&config) {
        Ok(true) => {}
        Ok(false) => {
            return vec![bad(
                DATABASE,
                format!("{} 还没有系统；请运行 liangu init。", arguments.place.shown()),
                format!("There is no installation in {}; run liangu init.", arguments.place.shown()),
            )];
        }
        Err(error) => return vec![unusable(&error)],
    }
    match Store::open(&config, model, TENANT) {
        Err(error) => vec![unusable(&error)],
        Ok(store) => match inside(&store, arguments, at) {
            Ok(looks) => looks,
            Err(error) => vec![unusable(&error)],
        },
    }
}

fn unusable(error: &StoreError) -> Look {
    Look { name: DATABASE, detail: Text::default(), fault: Some(error.text()) }
}

fn inside(store: &Store, arguments: &Arguments, at: Instant) -> Result<Vec<Look>, StoreError> {
    let size = store.size_bytes()? >> 20;
    let (last, backup, installed, people) = store.read(|r| {
        let newest = r.journal_before(None, 1)?.into_iter().next();
        let people =
            r.accounts(None, u32::MAX >> 1)?.iter().filter(|a| !a.disabled && a.roles.iter().any(|role| role == "administrator")).count();
        Ok((newest, r.document("backup", "last")?, r.document("installation", "settings")?, people))
    })?;
    let engine = store.engine().label();
    let mut looks = vec![if installed.is_some() {
        good(DATABASE, format!("{engine}，{size} MiB"), format!("{engine}, {size} MiB"))
    } else {
        bad(DATABASE, "没有系统设置；请运行 liangu init。", "There are no settings; run liangu init.")
    }];
    let ahead = last.map_or(0, |entry| entry.at.micros_since(at) / 1_000_000);
    looks.push(if ahead > 300 {
        bad(
            CLOCK,
            format!("日志的最后一条比本机时钟晚 {ahead} 秒；请校准时间（NTP）。"),
            format!("The last journal entry is {ahead} seconds ahead of this machine's clock; set the clock (NTP)."),
        )
    } else {
        good(CLOCK, at.to_rfc3339_beijing(), at.to_rfc3339_beijing())
    });
    let demonstration = installed.as_ref().is_some_and(|d| d.value["demonstration"] == true);
    let day = backup.and_then(|d| d.value["at"].as_str().and_then(|text| Instant::from_rfc3339(text).ok()));
    looks.extend(backup_look(day, arguments.backup_days, at).filter(|_| !demonstration));
    looks.push(if people > 0 {
        good(PEOPLE, format!("{people} 人"), format!("{people}"))
    } else {
        bad(
            PEOPLE,
            "还没有管理员；请在网页上用令牌建立，或用 liangu user add 新增。",
            "There is no administrator yet; make one on the page with the token, or with liangu user add.",
        )
    });
    Ok(looks)
}

fn backup_look(last: Option<Instant>, allowed: i64, at: Instant) -> Option<Look> {
    let days = last.map(|last| at.micros_since(last) / 86_400_000_000);
    Some(match days {
        None => bad(BACKUP, "从未备份；请运行 liangu backup。", "There is no backup; run liangu backup."),
        Some(days) if days > allowed => bad(
            BACKUP,
            format!("最近一次备份在 {days} 天前；请运行 liangu backup。"),
            format!("The last backup is {days} days old; run liangu backup."),
        ),
        Some(days) => good(BACKUP, format!("{days} 天前"), format!("{days} days ago")),
    })
}
