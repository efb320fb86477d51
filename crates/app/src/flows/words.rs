//! What lamps, clocks, steps and notices say.
use liangu_base::{Lang, Text};
use liangu_flow::{Case, Colour, Definition, Kind, Lamp};
use serde_json::Value as Json;

/// The name of an input that a person fills in.
pub(super) fn input(name: &str) -> Text {
    match name {
        "reason" => Text::fixed("理由", "Reason"),
        "question" => Text::fixed("要补正的内容", "Question"),
        "reply" => Text::fixed("答复", "Reply"),
        "note" => Text::fixed("说明", "Note"),
        other => Text::new(other.to_owned(), other.to_owned()),
    }
}

fn days(n: i32) -> Text {
    let plural = if n == 1 { "" } else { "s" };
    Text::new(format!("{n} 个工作日"), format!("{n} working day{plural}"))
}

/// A lamp in a few words, so that colour alone says nothing.
pub(super) fn lamp(definition: &Definition, case: &Case, lamp: &Lamp) -> Text {
    let kind = definition.state(&case.state).map(|state| &state.kind);
    let left = lamp.days.map(|n| days(n.abs())).unwrap_or_default();
    match (lamp.colour, lamp.days) {
        (Colour::Done, _) => Text::fixed("已办结", "Done"),
        (Colour::Paused, None) => match kind {
            Some(Kind::Draft) => Text::fixed("草稿", "Draft"),
            _ => Text::fixed("暂停计时", "Clocks stand still"),
        },
        (Colour::Paused, Some(n)) => match kind {
            Some(Kind::Timed { .. }) if n > 0 => Text::new(format!("{}后期满", left.zh), format!("Ends in {}", left.en)),
            Some(Kind::Timed { .. }) => Text::fixed("今天期满", "Ends today"),
            _ if n > 0 => Text::new(format!("等待答复，还有 {}", left.zh), format!("Waiting, {} left", left.en)),
            _ => Text::fixed("等待答复，今天到期", "Waiting, ends today"),
        },
        (Colour::Red, _) if lamp.days.unwrap_or(0) == 0 => Text::fixed("已超期", "Overdue"),
        (Colour::Red, _) => Text::new(format!("超期 {}", left.zh), format!("{} overdue", left.en)),
        (_, Some(0)) => Text::fixed("今天到期", "Due today"),
        (_, Some(_)) => Text::new(format!("还有 {}", left.zh), format!("{} left", left.en)),
        (_, None) => Text::fixed("在办", "Under way"),
    }
}

fn clock_label(definition: &Definition, clock: &str) -> Text {
    definition.clocks.get(clock).map(|clock| clock.label.clone()).unwrap_or_default()
}

/// To a role that is told of a case; `clock` none: nobody has taken it.
pub(super) fn escalated(definition: &Definition, clock: Option<&str>, after: i32, subject: &Text, holder: &str) -> Text {
    let n = days(after.abs());
    let who =
        if holder.is_empty() { Text::fixed("", "") } else { Text::new(format!("经办人：{holder}。"), format!(" Held by {holder}.")) };
    let Some(clock) = clock else {
        return Text::new(
            format!("{}已有 {}无人签收；请指定经办人。", subject.zh, n.zh),
            format!("Nobody has taken {} for {}; assign it.", subject.en, n.en),
        );
    };
    let label = clock_label(definition, clock);
    let (zh, en) = match after {
        i32::MIN..0 => (
            format!("{}的“{}”还剩 {}；请关注。", subject.zh, label.zh, n.zh),
            format!("{}: {} of \"{}\" left; please look after it.", subject.en, n.en, label.get(Lang::En)),
        ),
        0 => (
            format!("{}的“{}”已到期；请督办。", subject.zh, label.zh),
            format!("{}: \"{}\" is due; please see to it.", subject.en, label.get(Lang::En)),
        ),
        _ => (
            format!("{}的“{}”已超期 {}；请督办。", subject.zh, label.zh, n.zh),
            format!("{}: \"{}\" is {} overdue; please see to it.", subject.en, label.get(Lang::En), n.en),
        ),
    };
    Text::new(zh + &who.zh, en + &who.en)
}

/// To the holder of a case that is late.
pub(super) fn overdue(definition: &Definition, clock: &str, after: i32, subject: &Text) -> Text {
    let (label, n) = (clock_label(definition, clock), days(after));
    if after == 0 {
        return Text::new(
            format!("{}的“{}”已到期；请尽快办理。", subject.zh, label.zh),
            format!("{}: \"{}\" is due; please act.", subject.en, label.get(Lang::En)),
        );
    }
    Text::new(
        format!("{}的“{}”已超期 {}；请尽快办理。", subject.zh, label.zh, n.zh),
        format!("{}: \"{}\" is {} overdue; please act.", subject.en, label.get(Lang::En), n.en),
    )
}

/// The name of a step: a command's own label, or what time and the program did.
pub(super) fn step(definition: &Definition, command: &str, input: &Json, role: impl Fn(&str) -> Text, colleague: &str) -> Text {
    if let Some(command) = definition.command(command) {
        return command.label.clone();
    }
    match command {
        "lapsed" => Text::fixed("逾期未答复，自动转出", "No answer in time"),
        "ended" => Text::fixed("期满", "Period over"),
        "escalated" => {
            let role = role(input["to"].as_str().unwrap_or_default());
            Text::new(format!("已提醒{}", role.zh), format!("{} was told", role.get(Lang::En)))
        }
        "overdue" => Text::fixed("超期提醒", "Reminder: overdue"),
        "delegated" => Text::new(format!("转办给{colleague}"), format!("Handed over to {colleague}")),
        "carried" => Text::fixed("转入新版流程", "Carried over to a new flow"),
        "reprojected" => Text::fixed("按公布的节假日重算期限", "Dates counted anew by the published holidays"),
        "moved" => Text::fixed("随流程变更转入新状态", "Moved with the flow"),
        other => Text::new(other.to_owned(), other.to_owned()),
    }
}
