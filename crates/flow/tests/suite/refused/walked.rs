//! What only walking through a definition shows.
use super::refused;
use crate::claim::*;
use expect_test::expect;
use liangu_flow::*;

fn without(name: &str) -> impl Fn(&mut Definition) {
    let name = name.to_owned();
    move |d| {
        d.commands.shift_remove(&name);
        d.clocks.values_mut().for_each(|c| c.stops.retain(|s| *s != name));
        d.commands.values_mut().for_each(|c| c.not.retain(|s| *s != name));
    }
}

#[test]
fn states_that_cannot_be_reached_or_left() {
    refused(
        without("object"),
        expect![[r#"
            unreachable_state at State("objected")
              没有操作会到状态 objected
              加一个到它的操作，或删去它；由程序开始的写进 other_starts
              nothing leads to state objected
              add a command that leads to it or remove it; one in which the program begins belongs into other_starts
            clock_never_starts at Clock("objection")
              时限 objection 从不起算
              写 starts，或写能到达的 stops
              clock objection never starts
              give starts, or stops that can be reached
        "#]],
    );
    refused(
        |d| d.other_starts.clear(),
        expect![[r#"
        unreachable_state at State("consenting")
          没有操作会到状态 consenting
          加一个到它的操作，或删去它；由程序开始的写进 other_starts
          nothing leads to state consenting
          add a command that leads to it or remove it; one in which the program begins belongs into other_starts
    "#]],
    );
}

#[test]
fn states_from_which_the_case_cannot_end() {
    refused(
        without("pay"),
        expect![[r#"
        dead_end at State("payable")
          状态 payable 进得去，出不来
          加一个从它出发的操作
          state payable cannot be left
          add a command that leaves it
        unreachable_state at State("paid")
          没有操作会到状态 paid
          加一个到它的操作，或删去它；由程序开始的写进 other_starts
          nothing leads to state paid
          add a command that leads to it or remove it; one in which the program begins belongs into other_starts
    "#]],
    );
    refused(
        |d| d.commands["pay"].to = "payable".into(),
        expect![[r#"
        dead_end at State("payable")
          状态 payable 进得去，出不来
          加一个从它出发的操作
          state payable cannot be left
          add a command that leaves it
        unreachable_state at State("paid")
          没有操作会到状态 paid
          加一个到它的操作，或删去它；由程序开始的写进 other_starts
          nothing leads to state paid
          add a command that leads to it or remove it; one in which the program begins belongs into other_starts
    "#]],
    );
    refused(
        without("appeal"),
        expect![[r#"
        reopen_nowhere at State("refused") reopen
          状态 refused 可重新办理，却没有操作从它出发
          加一个 from 含它的操作，或删去 reopen
          state refused can be reopened, but no command leaves it
          add a command whose from names it, or remove reopen
    "#]],
    );
}

#[test]
fn ways_that_lead_back_or_out_of_the_end() {
    refused(
        |d| d.states["refused"].kind = done(Outcome::Refused, None),
        expect![[r#"
        done_left at Command("appeal") from refused
          refused 已办结，操作 appeal 不能从它出发
          在该状态写 reopen: 工作日数，或从 from 里删去它
          refused is finished, so command appeal cannot leave it
          give that state reopen: with working days, or take it out of from
    "#]],
    );
    refused(
        |d| d.states["correcting"].kind = waiting(10, "correcting"),
        expect![[r#"
        timer_target at State("correcting") to correcting
          状态 correcting 到期后不能转到 correcting
          转到另一个状态，不是草稿
          state correcting cannot go to correcting when its time is over
          let it go to another state that is no draft
    "#]],
    );
    refused(
        |d| d.commands["resubmit"].to = "draft".into(),
        expect![[r#"
        back_to_draft at Command("resubmit") to draft
          操作 resubmit 把已提交的办件变回草稿
          退回补正用 kind: waiting 的状态，时限会暂停并有期限
          command resubmit turns a case that was handed in back into a draft
          return it to a state of kind: waiting; clocks pause there and it has an end
    "#]],
    );
    refused(
        |d| d.start = "withdrawn".into(),
        expect![[r#"
        start_done at Flow start withdrawn
          起点 withdrawn 是已办结的状态
          从草稿或在办的状态开始
          the start withdrawn is a finished state
          start in a draft or an open state
    "#]],
    );
    refused(
        |d| {
            d.states["payable"].kind = timed(5, "notice");
            d.clocks.shift_remove("payment");
            d.escalation.pop();
            d.commands["pay"].from = names("consenting");
            d.commands["object"].to = "payable".into();
            d.commands.shift_remove("dismiss");
            d.commands.shift_remove("uphold");
            d.states.shift_remove("objected");
            d.clocks.shift_remove("objection");
        },
        expect![[r#"
            no_end at State("notice")
              从状态 notice 永远到不了办结
              加一个到 kind: done 状态的操作
              from state notice the case can never be finished
              add a command to a state of kind: done
            no_end at State("payable")
              从状态 payable 永远到不了办结
              加一个到 kind: done 状态的操作
              from state payable the case can never be finished
              add a command to a state of kind: done
        "#]],
    );
}

#[test]
fn open_states_without_a_clock() {
    refused(
        |d| {
            d.clocks.shift_remove("payment");
            d.escalation.pop();
        },
        expect![[r#"
            no_clock at State("payable")
              状态 payable 里没有时限在走，逾期也没有人知道（经由：consenting → consent → (time)）
              给它一个时限：在 clocks 里写 starts: [该状态]
              no clock runs in state payable, so nobody learns that it is late (by way of: consenting → consent → (time))
              give it a clock: under clocks, one with starts: [this state]
        "#]],
    );
    refused(
        |d| d.clocks["objection"].starts = names("payable"),
        expect![[r#"
            no_clock at State("objected")
              状态 objected 里没有时限在走，逾期也没有人知道（经由：consenting → consent → object）
              给它一个时限：在 clocks 里写 starts: [该状态]
              no clock runs in state objected, so nobody learns that it is late (by way of: consenting → consent → object)
              give it a clock: under clocks, one with starts: [this state]
            clock_never_stops at Clock("objection") stops dismiss
              时限 objection 在状态 payable 里还在走，以后再没有操作会停它
              把离开前的那个操作加进 stops
              clock objection still runs in state payable, after which no command stops it
              add the command that leads there to stops
        "#]],
    );
    refused(
        |d| d.clocks["resolution"].stops = names("recommend"),
        expect![[r#"
            no_clock at State("reviewing")
              状态 reviewing 里没有时限在走，逾期也没有人知道（经由：consenting → consent → object → uphold → appeal → send_back → recommend → send_back）
              给它一个时限：在 clocks 里写 starts: [该状态]
              no clock runs in state reviewing, so nobody learns that it is late (by way of: consenting → consent → object → uphold → appeal → send_back → recommend → send_back)
              give it a clock: under clocks, one with starts: [this state]
            no_clock at State("deciding")
              状态 deciding 里没有时限在走，逾期也没有人知道（经由：consenting → consent → object → uphold → appeal → send_back → recommend）
              给它一个时限：在 clocks 里写 starts: [该状态]
              no clock runs in state deciding, so nobody learns that it is late (by way of: consenting → consent → object → uphold → appeal → send_back → recommend)
              give it a clock: under clocks, one with starts: [this state]
            clock_never_stops at Clock("resolution") stops recommend
              时限 resolution 在状态 notice 里还在走，以后再没有操作会停它
              把离开前的那个操作加进 stops
              clock resolution still runs in state notice, after which no command stops it
              add the command that leads there to stops
        "#]],
    );
    refused(
        |d| d.clocks["contact"].stops = names("submit"),
        expect![[r#"
        clock_never_starts at Clock("contact")
          时限 contact 从不起算
          写 starts，或写能到达的 stops
          clock contact never starts
          give starts, or stops that can be reached
    "#]],
    );
    refused(
        |d| d.clocks["objection"].starts = names("paid"),
        expect![[r#"
        clock_start at Clock("objection") starts paid
          时限 objection 不能在状态 paid 里起算
          从在办、等待或计时的状态起算
          clock objection cannot start in state paid
          start it in an open, waiting or timed state
    "#]],
    );
}
