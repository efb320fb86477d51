//! `liangu init`: an empty installation of a region. Whoever holds the token it prints makes the first administrator.
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::place::{Place, now, open};
use clap::Args;
use liangu_app::installation::{Installation, initialise};
use liangu_app::secrets::SystemSecrets;
use liangu_base::Text;
use liangu_store::Store;

#[derive(Args, Debug)]
pub struct Arguments {
    /// 所属地区的行政区划代码 · code of the region (GB/T 2260)
    #[arg(long, value_name = "CODE")]
    region: String,
    /// 系统名称 · name of the installation
    #[arg(long)]
    name: Option<String>,
    /// 系统英文名称 · its English name
    #[arg(long)]
    name_en: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub fn run(arguments: &Arguments, console: &Console) -> Outcome<()> {
    let place = &arguments.place;
    let model = place.model()?;
    let region = model.lists.get("region").and_then(|list| list.codes.get(&arguments.region)).ok_or_else(|| {
        let code = &arguments.region;
        Failure::misused(
            format!("行政区划代码“{code}”不在目录中；例如娄底市是 431300。"),
            format!("The region code \"{code}\" is not on the list; Loudi, for example, is 431300."),
        )
    })?;
    let config = place.config();
    if Store::exists(&config)? {
        let shown = place.shown();
        return Err(Failure::refused(
            format!("{shown} 已有系统；请换一个目录或数据库。"),
            format!("There is an installation in {shown} already; choose another directory or database."),
        ));
    }
    let zh = arguments.name.clone().unwrap_or_else(|| format!("{}产业服务平台", region.label.zh));
    let en = arguments.name_en.clone().unwrap_or_else(|| format!("{} industrial services", region.label.en));
    let installation = Installation { name: Text::new(zh, en), region: arguments.region.clone(), demonstration: false, as_of: None };
    let store = open(&config, &model)?;
    let token = initialise(&store, &installation, &SystemSecrets, now())?.unwrap_or_default();
    let name = installation.name.get(console.lang);
    console.say(format!("已建立：{name}，数据在 {}。", place.shown()), format!("Made: {name}, data in {}.", place.shown()));
    console.say(
        "运行 liangu serve 后打开网页，用下面的令牌建立第一个管理员。令牌只显示这一次：",
        "Run liangu serve, open the page and make the first administrator with this token. It is shown this once:",
    );
    console.line(&token);
    Ok(())
}
