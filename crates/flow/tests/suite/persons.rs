//! Who may: roles, the holder, two persons, delegation.
use crate::claim::*;
use expect_test::expect;
use liangu_flow::*;

fn both(account: &str) -> Actor {
    Actor { roles: names("officer reviewer"), ..officer(account) }
}

#[test]
fn who_recommended_does_not_approve() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02").give("sign_for", &both("ann"), "", "2026-11-02");
    t.give("recommend", &both("ann"), "", "2026-11-03").stands();
    t.give("approve", &both("ann"), "", "2026-11-04").give("approve", &officer("bob"), "", "2026-11-04");
    t.give("send_back", &both("ann"), "", "2026-11-04").stands();
    t.give("recommend", &both("ann"), "", "2026-11-05").give("approve", &office("rita", "reviewer"), "", "2026-11-05");
    expect![[r#"
        2026-11-02 · --> draft
        2026-11-02 draft -submit-> submitted by firm
        2026-11-02 submitted -sign_for-> reviewing by ann
        2026-11-02 assigned to ann by ann
        2026-11-03 reviewing -recommend-> deciding by ann
          = deciding, Role("reviewer"), Green 14 days, promised 2026-11-23
        2026-11-04 approve refused: two_persons: You did "recommend"; "approve" must be done by another person. Pass it to a colleague.
        2026-11-04 approve refused: not_yours: "approve" is not done by your role; pass it to a colleague who has this duty.
        2026-11-04 deciding -send_back-> reviewing by ann
          = reviewing, Account("ann"), Green 13 days, promised 2026-11-23
        2026-11-05 reviewing -recommend-> deciding by ann
        2026-11-05 deciding -approve-> notice by rita
    "#]]
    .assert_eq(&t.text());
}

#[test]
fn handed_over_within_the_role() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02");
    t.delegate(&officer("bob"), &officer("ann"), "2026-11-03");
    t.delegate(&officer("bob"), &office("lea", "leader"), "2026-11-03").stands();
    t.delegate(&office("rita", "reviewer"), &officer("bob"), "2026-11-03");
    t.delegate(&officer("bob"), &officer("bob"), "2026-11-03");
    t.give("sign_for", &officer("bob"), "", "2026-11-03");
    t.delegate(&officer("ann"), &officer("bob"), "2026-11-04").stands();
    t.give("ask", &officer("bob"), "question", "2026-11-04").give("ask", &officer("ann"), "question", "2026-11-04");
    t.delegate(&officer("bob"), &office("lea", "leader"), "2026-11-05");
    t.give("resubmit", &firm(), "", "2026-11-06").stands();
    expect![[r#"
        2026-11-02 · --> draft
        2026-11-02 draft -submit-> submitted by firm
        2026-11-03 delegation refused: not_holder
        2026-11-03 delegated from Role("officer") to bob by lea
          = submitted, Account("bob"), Amber 0 days, promised 2026-11-23
        2026-11-03 delegation refused: wrong_role
        2026-11-03 delegation refused: holds_already
        2026-11-03 submitted -sign_for-> reviewing by bob
        2026-11-04 delegated from Account("bob") to ann by bob
          = reviewing, Account("ann"), Green 13 days, promised 2026-11-23
        2026-11-04 ask refused: not_holder: "ask" is done by the one who holds the case; contact that colleague or have it handed to you.
        2026-11-04 reviewing -ask-> correcting by ann
        2026-11-05 delegation refused: not_delegable
        2026-11-06 correcting -resubmit-> reviewing by firm
          = reviewing, Account("ann"), Green 13 days, promised 2026-11-25
    "#]]
    .assert_eq(&t.text());
}

#[test]
fn a_colleague_who_is_barred_does_not_get_it() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02").give("sign_for", &both("ann"), "", "2026-11-02");
    t.give("recommend", &both("ann"), "", "2026-11-03");
    t.delegate(&both("ann"), &office("lea", "leader"), "2026-11-04");
    t.delegate(&both("bob"), &office("lea", "leader"), "2026-11-04").stands();
    expect![[r#"
        2026-11-02 · --> draft
        2026-11-02 draft -submit-> submitted by firm
        2026-11-02 submitted -sign_for-> reviewing by ann
        2026-11-02 assigned to ann by ann
        2026-11-03 reviewing -recommend-> deciding by ann
        2026-11-04 delegation refused: two_persons
        2026-11-04 delegated from Role("reviewer") to bob by lea
          = deciding, Account("bob"), Green 13 days, promised 2026-11-23
    "#]]
    .assert_eq(&t.text());
}

/// First and second signature lie in one role: whoever signed first does not get the case back.
#[test]
fn two_signatures_of_one_role() {
    let mut definition = Definition {
        version: 1,
        start: "drawn".into(),
        states: [
            state("drawn", Kind::Open, "finance"),
            state("signed", Kind::Open, "finance"),
            state("released", done(Outcome::Fulfilled, None), ""),
        ]
        .into_iter()
        .collect(),
        commands: [
            command("take", "drawn", "drawn", "finance"),
            command("sign_first", "drawn", "signed", "finance"),
            command("take_second", "signed", "signed", "finance"),
            command("sign_second", "signed", "released", "finance"),
        ]
        .into_iter()
        .collect(),
        clocks: [clock("signing", 3, "", "")].into_iter().collect(),
        ..Definition::default()
    };
    for name in ["take", "take_second"] {
        definition.commands[name].takes = true;
    }
    definition.commands["sign_first"].holder_only = true;
    definition.commands["sign_second"].holder_only = true;
    definition.commands["sign_second"].not = names("sign_first");
    let finance = |account| office(account, "finance");
    let mut t = Told::begin(definition, "drawn", at("2026-11-02"));
    t.give("sign_first", &finance("fay"), "", "2026-11-02").give("take", &finance("fay"), "", "2026-11-02");
    t.give("sign_first", &finance("gus"), "", "2026-11-02").give("sign_first", &finance("fay"), "", "2026-11-02").stands();
    t.give("take_second", &finance("fay"), "", "2026-11-03").give("take_second", &finance("gus"), "", "2026-11-03");
    t.give("sign_second", &finance("fay"), "", "2026-11-03").give("sign_second", &finance("gus"), "", "2026-11-03").stands();
    expect![[r#"
        2026-11-02 · --> drawn
        2026-11-02 sign_first refused: unassigned: Nobody has taken this case yet; take it first, then "sign_first".
        2026-11-02 drawn -take-> drawn by fay
        2026-11-02 assigned to fay by fay
        2026-11-02 sign_first refused: not_holder: "sign_first" is done by the one who holds the case; contact that colleague or have it handed to you.
        2026-11-02 drawn -sign_first-> signed by fay
          = signed, Role("finance"), Green 3 days, promised 2026-11-05
        2026-11-03 take_second refused: two_persons: You did "sign_first"; "take_second (sign_second)" must be done by another person. Pass it to a colleague.
        2026-11-03 signed -take_second-> signed by gus
        2026-11-03 assigned to gus by gus
        2026-11-03 sign_second refused: not_holder: "sign_second" is done by the one who holds the case; contact that colleague or have it handed to you.
        2026-11-03 signed -sign_second-> released by gus
          = released, Nobody, Done
    "#]].assert_eq(&t.text());
}

#[test]
fn what_is_offered_says_why_not() {
    let mut t = Told::begin(claim(), "draft", at("2026-11-02"));
    t.give("submit", &firm(), "", "2026-11-02").give("sign_for", &officer("ann"), "", "2026-11-02");
    let offered = |actor: &Actor| {
        let offers = commands(&t.definition, &t.case, actor, t.now, &t.calendar);
        let said = |o: &Offer| format!("{} {}", o.name, o.refusal.as_ref().map_or("yes", |r| r.code));
        offers.iter().map(said).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(offered(&officer("ann")), "ask yes, recommend yes, refuse yes, withdraw not_yours");
    assert_eq!(offered(&officer("bob")), "ask not_holder, recommend not_holder, refuse yes, withdraw not_yours");
    assert_eq!(offered(&firm()), "ask not_yours, recommend not_yours, refuse not_yours, withdraw yes");
}
