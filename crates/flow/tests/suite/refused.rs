//! Definitions that are refused, each with the problem its author is told of.
mod walked;

use crate::claim::*;
use expect_test::{Expect, expect};
use liangu_flow::*;

/// What the author is told of a claim's flow changed in one place.
fn refused(change: impl Fn(&mut Definition), expected: Expect) {
    let mut definition = claim();
    change(&mut definition);
    let said = |p: &Problem| {
        let place = [format!("{:?}", p.place), p.key.unwrap_or("").into(), p.word.clone().unwrap_or_default()];
        let place: Vec<String> = place.into_iter().filter(|w| !w.is_empty()).collect();
        let lines = [&p.text.zh, &p.hint.zh, &p.text.en, &p.hint.en].map(|t| format!("  {t}\n"));
        format!("{} at {}\n{}", p.code, place.join(" "), lines.concat())
    };
    let problems: String = check(&definition).iter().map(said).collect();
    assert!(!problems.is_empty(), "something is refused");
    expected.assert_eq(&problems);
}

#[test]
fn the_claim_itself_is_not() {
    assert_eq!(check(&claim()), vec![]);
}

#[test]
fn names_that_are_not_there() {
    refused(
        |d| d.commands["submit"].to = "submited".into(),
        expect![[r#"
        unknown_state at Command("submit") to submited
          没有状态 submited
          写 states 里有的名称
          there is no state submited
          use a name that stands under states
    "#]],
    );
    refused(
        |d| d.commands["submit"].from = names("draft drafted"),
        expect![[r#"
        unknown_state at Command("submit") from drafted
          没有状态 drafted
          写 states 里有的名称
          there is no state drafted
          use a name that stands under states
    "#]],
    );
}

#[test]
fn commands_and_clocks_that_are_not_there() {
    refused(
        |d| d.commands["approve"].not = names("recommended"),
        expect![[r#"
        unknown_command at Command("approve") not recommended
          没有操作 recommended
          写 commands 里有的名称
          there is no command recommended
          use a name that stands under commands
    "#]],
    );
    refused(
        |d| d.clocks["contact"].stops = names("signing"),
        expect![[r#"
        unknown_command at Clock("contact") stops signing
          没有操作 signing
          写 commands 里有的名称
          there is no command signing
          use a name that stands under commands
    "#]],
    );
    refused(
        |d| d.clocks["payment"].starts = names("payed"),
        expect![[r#"
        unknown_state at Clock("payment") starts payed
          没有状态 payed
          写 states 里有的名称
          there is no state payed
          use a name that stands under states
    "#]],
    );
}

#[test]
fn starts_and_targets_that_are_not_there() {
    refused(
        |d| d.escalation[0].clock = "contract".into(),
        expect![[r#"
        unknown_clock at Escalation(0) clock contract
          没有时限 contract
          写 clocks 里有的名称
          there is no clock contract
          use a name that stands under clocks
    "#]],
    );
    refused(
        |d| d.start = "drafts".into(),
        expect![[r#"
        unknown_state at Flow start drafts
          没有状态 drafts
          写 states 里有的名称
          there is no state drafts
          use a name that stands under states
    "#]],
    );
    refused(
        |d| d.states["correcting"].kind = waiting(10, "lapse"),
        expect![[r#"
        unknown_state at State("correcting") to lapse
          没有状态 lapse
          写 states 里有的名称
          there is no state lapse
          use a name that stands under states
    "#]],
    );
    refused(
        |d| d.moved = [("old".to_owned(), "nowhere".to_owned())].into(),
        expect![[r#"
        unknown_state at Moved("old") moved nowhere
          没有状态 nowhere
          写 states 里有的名称
          there is no state nowhere
          use a name that stands under states
    "#]],
    );
}

#[test]
fn periods_in_which_nothing_would_happen() {
    refused(
        |d| d.states["correcting"].kind = waiting(0, "lapsed"),
        expect![[r#"
        bad_period at State("correcting") lapses
          lapses 应在 1 至 1000 个工作日之间
          写工作日数，如 10；到期才有人处理
          lapses must be 1 to 1000 working days
          give working days, as 10: something must happen when they are over
    "#]],
    );
    refused(
        |d| d.states["notice"].kind = timed(0, "payable"),
        expect![[r#"
        bad_period at State("notice") ends
          ends 应在 1 至 1000 个工作日之间
          写工作日数，如 10；到期才有人处理
          ends must be 1 to 1000 working days
          give working days, as 10: something must happen when they are over
    "#]],
    );
    refused(
        |d| d.states["refused"].kind = done(Outcome::Refused, Some(0)),
        expect![[r#"
        bad_period at State("refused") reopen
          reopen 应在 1 至 1000 个工作日之间
          写工作日数，如 10；到期才有人处理
          reopen must be 1 to 1000 working days
          give working days, as 10: something must happen when they are over
    "#]],
    );
    refused(
        |d| d.clocks["resolution"].days = 4_000_000_000,
        expect![[r#"
        bad_period at Clock("resolution") days
          days 应在 1 至 1000 个工作日之间
          写工作日数，如 10；到期才有人处理
          days must be 1 to 1000 working days
          give working days, as 10: something must happen when they are over
    "#]],
    );
    refused(
        |d| d.unassigned = Some(Unassigned { days: 0, to: "leader".into() }),
        expect![[r#"
        bad_period at Unassigned days
          days 应在 1 至 1000 个工作日之间
          写工作日数，如 10；到期才有人处理
          days must be 1 to 1000 working days
          give working days, as 10: something must happen when they are over
    "#]],
    );
}

#[test]
fn notices_before_the_clock_starts_and_versions_before_the_first() {
    refused(
        |d| d.escalation[1].after = -16,
        expect![[r#"
        escalation_early at Escalation(1) after
          时限 resolution 只有 15 个工作日，不能在到期前 16 日催办
          把 after 改近一些
          clock resolution has 15 working days, so nobody can be told 16 days before it is due
          bring after closer
    "#]],
    );
    refused(
        |d| d.escalation[1].after = 2_000,
        expect![[r#"
        bad_period at Escalation(1) after
          after 最多 1000 个工作日
          把 after 改近一些
          after is at most 1000 working days
          bring after closer
    "#]],
    );
    refused(
        |d| d.version = 0,
        expect![[r#"
        flow_version at Flow version
          流程的 version 从 1 开始
          写作 version: 1，每次修改加一
          the version of a flow begins with 1
          write version: 1 and add one with every change
    "#]],
    );
}

#[test]
fn duties_that_nobody_can_do() {
    refused(
        |d| d.states["deciding"].duty = Duty::Nobody,
        expect![[r#"
        no_duty at State("deciding") duty
          状态 deciding 没有人负责
          写作 duty: firm 或 duty: 某角色
          nobody has the duty in state deciding
          write duty: firm or duty: a role
    "#]],
    );
    refused(
        |d| d.states["paid"].duty = Duty::Firm,
        expect![[r#"
        duty_done at State("paid") duty
          状态 paid 已办结，不再有人负责
          删去 duty
          state paid is finished, so nobody has a duty in it
          remove duty
    "#]],
    );
    refused(
        |d| d.states["deciding"].duty = Duty::Role("leader".into()),
        expect![[r#"
        idle_duty at State("deciding") duty
          状态 deciding 的负责人没有可办的操作
          把 duty 给能办的角色，或在操作的 by 里加上它
          who has the duty in state deciding can give no command there
          give the duty to a role that can act, or add it to by of a command
    "#]],
    );
}

#[test]
fn commands_that_nobody_can_give_or_nobody_is_left_with() {
    refused(
        |d| d.commands["submit"].by.clear(),
        expect![[r#"
        nobody_may at Command("submit") by
          操作 submit 没有人可以办理
          写作 by: [firm] 或 by: [某角色]
          nobody may give command submit
          write by: [firm] or by: [a role]
    "#]],
    );
    refused(
        |d| d.commands["submit"].from.clear(),
        expect![[r#"
        no_from at Command("submit") from
          操作 submit 不能在任何状态下办理
          写作 from: [状态]
          command submit can be given in no state
          write from: [state]
    "#]],
    );
    refused(
        |d| d.commands["sign_for"].by = names("officer leader"),
        expect![[r#"
        takes_duty at Command("sign_for") takes
          操作 sign_for 使办理人成为经办人，但状态 reviewing 由别人负责
          takes 的 by 只写目标状态 duty 的那个角色
          command sign_for makes its giver the holder, but others have the duty in reviewing
          with takes, let by be just the role that has the duty in the state it leads to
    "#]],
    );
    refused(
        |d| d.commands["resubmit"].takes = true,
        expect![[r#"
        takes_duty at Command("resubmit") takes
          操作 resubmit 使办理人成为经办人，但状态 reviewing 由别人负责
          takes 的 by 只写目标状态 duty 的那个角色
          command resubmit makes its giver the holder, but others have the duty in reviewing
          with takes, let by be just the role that has the duty in the state it leads to
    "#]],
    );
    refused(
        |d| {
            d.commands["sign_for"].takes = false;
            d.commands["refuse"].from = names("deciding");
        },
        expect![[r#"
            pool_stuck at State("reviewing")
              状态 reviewing 可能还没有经办人，而它的操作都只许经办人办理
              加一个 takes: true 的签收操作
              state reviewing may have no holder yet, but all its commands are for the holder only
              add a command with takes: true
        "#]],
    );
}

#[test]
fn two_persons_who_cannot_be_two() {
    refused(
        |d| d.commands["approve"].not = names("approve"),
        expect![[r#"
        two_persons_cycle at Command("approve") not
          操作 approve 的 not 绕回它自己：办过一轮的人都不能再办
          not 只写在前面办理的操作
          not of command approve leads back to itself: whoever took part once could never again
          let not name commands that come before only
    "#]],
    );
    refused(
        |d| d.commands["recommend"].not = names("approve"),
        expect![[r#"
        two_persons_cycle at Command("recommend") not
          操作 recommend 的 not 绕回它自己：办过一轮的人都不能再办
          not 只写在前面办理的操作
          not of command recommend leads back to itself: whoever took part once could never again
          let not name commands that come before only
        two_persons_cycle at Command("approve") not
          操作 approve 的 not 绕回它自己：办过一轮的人都不能再办
          not 只写在前面办理的操作
          not of command approve leads back to itself: whoever took part once could never again
          let not name commands that come before only
    "#]],
    );
    refused(
        |d| d.commands["submit"].not = names("pay"),
        expect![[r#"
        two_persons_void at Command("submit") not pay
          操作 pay 不会在 submit 之前，not 不起作用
          写在它之前办理的操作
          command pay never comes before submit, so not bars nobody
          name a command that is given before it
    "#]],
    );
}

#[test]
fn what_is_said_twice_or_is_too_much() {
    refused(
        |d| d.escalation.push(escalation("payment", 0, "leader")),
        expect![[r#"
        escalation_twice at Escalation(4)
          这一条催办写了两次
          删去一条
          this escalation is written twice
          remove one
    "#]],
    );
    refused(
        |d| d.moved = [("paid".to_owned(), "payable".to_owned())].into(),
        expect![[r#"
        moved_kept at Moved("paid") moved paid
          状态 paid 还在，不需要并入别的状态
          删去这一行
          state paid is still there and needs no successor
          remove this line
    "#]],
    );
    refused(
        |d| d.clocks.extend((0..9).map(|n| clock(&format!("c{n}"), 1, "", ""))),
        expect![[r#"
        flow_too_large at Flow clocks
          clocks 有 13 项，最多 8 项
          把流程拆成两种记录
          13 clocks, at most 8 are possible
          split the flow into two record types
    "#]],
    );
}
