//! Lives of claims, as a person would tell them. In 2026, 25 September and 1 to 7 October are off, Saturday 10 October is worked.
use crate::claim::*;
use expect_test::expect;

#[test]
fn from_draft_to_money() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.stands().give("submit", &firm(), "", "2026-11-02").stands();
    t.give("sign_for", &officer("ann"), "", "2026-11-03").stands();
    t.give("ask", &officer("ann"), "", "2026-11-04").give("ask", &officer("ann"), "question", "2026-11-04").stands();
    t.give("resubmit", &firm(), "", "2026-11-10").stands();
    t.give("recommend", &officer("bob"), "", "2026-11-11").give("recommend", &officer("ann"), "", "2026-11-11").stands();
    t.give("approve", &office("rita", "reviewer"), "", "2026-11-12").stands();
    t.pass("2026-11-25").stands().give("pay", &liangu_flow::Actor::system(), "", "2026-11-26").stands();
    expect![[r#"
        2026-11-02 · --> draft
          = draft, Firm, Paused
        2026-11-02 draft -submit-> submitted by firm
          = submitted, Role("officer"), Amber 1 days, promised 2026-11-23
        2026-11-03 submitted -sign_for-> reviewing by ann
        2026-11-03 assigned to ann by ann
          = reviewing, Account("ann"), Green 14 days, promised 2026-11-23
        2026-11-04 ask refused: needs: "ask" still needs: question; fill it in and try again.
        2026-11-04 reviewing -ask-> correcting by ann
          = correcting, Firm, Paused 10 days
        2026-11-10 correcting -resubmit-> reviewing by firm
          = reviewing, Account("ann"), Green 13 days, promised 2026-11-27
        2026-11-11 recommend refused: not_holder: "recommend" is done by the one who holds the case; contact that colleague or have it handed to you.
        2026-11-11 reviewing -recommend-> deciding by ann
          = deciding, Role("reviewer"), Green 12 days, promised 2026-11-27
        2026-11-12 deciding -approve-> notice by rita
          = notice, Role("reviewer"), Paused 5 days
        2026-11-20 notice ended, payable
        2026-11-24 unassigned for 1, escalated to leader
          = payable, Role("finance"), Green 7 days, promised 2026-12-04
        2026-11-26 payable -pay-> paid by system
          = paid, Nobody, Done
    "#]].assert_eq(&t.text());
}

#[test]
fn nobody_acts_and_everybody_hears_of_it() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02").pass("2026-12-14").stands();
    expect![[r#"
        2026-11-02 · --> draft
        2026-11-02 draft -submit-> submitted by firm
        2026-11-04 unassigned for 1, escalated to leader
        2026-11-04 contact late by 0
        2026-11-04 contact +0 escalated to leader
        2026-11-11 contact late by 5
        2026-11-18 contact late by 10
        2026-11-20 resolution -2 escalated to officer
        2026-11-24 resolution late by 0
        2026-11-24 resolution +0 escalated to leader
        2026-11-25 contact late by 15
        2026-12-01 resolution late by 5
        2026-12-02 contact late by 20
        2026-12-08 resolution late by 10
        2026-12-09 contact late by 25
          = submitted, Role("officer"), Red -29 days, promised 2026-11-23
    "#]]
    .assert_eq(&t.text());
}

#[test]
fn what_the_firm_does_not_answer_lapses() {
    let mut t = Told::begin(claim(), "draft", at("2026-09-21"));
    t.give("submit", &firm(), "", "2026-09-21").give("sign_for", &officer("ann"), "", "2026-09-21");
    t.give("ask", &officer("ann"), "question", "2026-09-25").stands().pass("2026-10-20").stands();
    t.give("resubmit", &firm(), "", "2026-10-21");
    expect![[r#"
        2026-09-21 · --> draft
        2026-09-21 draft -submit-> submitted by firm
        2026-09-21 submitted -sign_for-> reviewing by ann
        2026-09-21 assigned to ann by ann
        2026-09-25 reviewing -ask-> correcting by ann
          = correcting, Firm, Paused 10 days
        2026-10-16 correcting lapsed to lapsed
          = lapsed, Nobody, Done
        2026-10-21 resubmit refused: other_state: The case is now "lapsed", where "resubmit" cannot be done; reload the page to see what can.
    "#]].assert_eq(&t.text());
}

#[test]
fn without_application_it_waits_for_consent() {
    let mut t = Told::begin(claim(), "consenting", at("2026-11-02"));
    t.stands().give("consent", &firm(), "", "2026-11-05").stands();
    t.give("object", &officer("ann"), "", "2026-11-09").stands();
    t.give("dismiss", &office("rita", "reviewer"), "", "2026-11-10").stands();
    t.pass("2026-11-20").stands();
    expect![[r#"
        2026-11-02 · --> consenting
          = consenting, Firm, Paused 20 days
        2026-11-05 consenting -consent-> notice by firm
          = notice, Role("reviewer"), Paused 5 days
        2026-11-09 notice -object-> objected by ann
          = objected, Role("reviewer"), Green 10 days, promised 2026-11-23
        2026-11-10 objected -dismiss-> notice by rita
          = notice, Role("reviewer"), Paused 5 days
        2026-11-18 notice ended, payable
        2026-11-20 unassigned for 1, escalated to leader
          = payable, Role("finance"), Green 8 days, promised 2026-12-02
    "#]]
    .assert_eq(&t.text());
}

#[test]
fn refused_and_taken_up_again() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02").give("sign_for", &officer("ann"), "", "2026-11-02");
    t.give("refuse", &officer("ann"), "reason", "2026-11-03").stands();
    t.give("appeal", &firm(), "", "2026-11-17").stands();
    t.give("refuse", &office("rita", "reviewer"), "reason", "2026-11-18");
    t.give("appeal", &firm(), "", "2026-12-03").stands();
    expect![[r#"
        2026-11-02 · --> draft
        2026-11-02 draft -submit-> submitted by firm
        2026-11-02 submitted -sign_for-> reviewing by ann
        2026-11-02 assigned to ann by ann
        2026-11-03 reviewing -refuse-> refused by ann
          = refused, Nobody, Done
        2026-11-17 refused -appeal-> deciding by firm
        2026-11-17 reopened by firm
          = deciding, Role("reviewer"), Green 15 days, promised 2026-12-08
        2026-11-18 deciding -refuse-> refused by rita
        2026-12-03 appeal refused: too_late: "appeal" was possible until 2026-12-02; if there are reasons still, make a new application.
          = refused, Nobody, Done
    "#]]
    .assert_eq(&t.text());
}

#[test]
fn withdrawn_as_draft_was_never_handed_in() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("withdraw", &firm(), "", "2026-11-03").stands();
    assert_eq!(t.case.opened, None);
    t.give("submit", &firm(), "", "2026-11-03");
    expect![[r#"
        2026-11-02 · --> draft
        2026-11-03 draft -withdraw-> withdrawn by firm
          = withdrawn, Nobody, Done
        2026-11-03 submit refused: other_state: The case is now "withdrawn", where "submit" cannot be done; reload the page to see what can.
    "#]]
    .assert_eq(&t.text());
}
