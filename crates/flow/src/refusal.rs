//! Why a command is not carried out, and what to do next.
use crate::case::Name;
use liangu_base::text::Explain;
use liangu_base::{Date, Text, display_by_explain};

/// `code` is stable: `unknown_command`, `other_state`, `timer_due`, `too_late`, `not_yours`, `not_holder`, `unassigned`, `two_persons`,
/// `needs` (what is missing in `missing`), `no_start`, `removed_state`, `not_delegable`, `wrong_role`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub text: Text,
    /// Inputs that are missing.
    pub missing: Vec<Name>,
}

impl Explain for Refusal {
    fn text(&self) -> Text {
        self.text.clone()
    }
}

display_by_explain!(Refusal);

pub(crate) mod refused {
    use super::*;

    fn because(code: &'static str, zh: String, en: String) -> Refusal {
        Refusal { code, text: Text::new(zh, en), missing: Vec::new() }
    }

    pub fn unknown_command(name: &str) -> Refusal {
        because(
            "unknown_command",
            format!("没有操作“{name}”；请刷新页面后重试。"),
            format!("There is no command {name}; reload the page and try again."),
        )
    }

    pub fn other_state(command: &Text, state: &Text) -> Refusal {
        because(
            "other_state",
            format!("现在的状态是“{}”，不能“{}”；请刷新页面，看此时可以做什么。", state.zh, command.zh),
            format!("The case is now \"{}\", where \"{}\" cannot be done; reload the page to see what can.", state.en, command.en),
        )
    }

    pub fn timer_due(state: &Text) -> Refusal {
        because(
            "timer_due",
            format!("“{}”的期限已到，系统正在自动处理；请稍后刷新页面。", state.zh),
            format!("The time of \"{}\" is over and the program is dealing with it; reload the page in a moment.", state.en),
        )
    }

    pub fn too_late(command: &Text, until: Date) -> Refusal {
        because(
            "too_late",
            format!("“{}”的期限到 {until} 为止，已经过了；如仍有理由，请重新提出申请。", command.zh),
            format!("\"{}\" was possible until {until}; if there are reasons still, make a new application.", command.en),
        )
    }

    pub fn not_yours(command: &Text) -> Refusal {
        because(
            "not_yours",
            format!("“{}”不由您的角色办理；请转给有此职责的同事。", command.zh),
            format!("\"{}\" is not done by your role; pass it to a colleague who has this duty.", command.en),
        )
    }

    pub fn not_holder(command: &Text) -> Refusal {
        because(
            "not_holder",
            format!("“{}”由此件的经办人办理；请与经办人联系，或请其转办给您。", command.zh),
            format!("\"{}\" is done by the one who holds the case; contact that colleague or have it handed to you.", command.en),
        )
    }

    pub fn unassigned(command: &Text) -> Refusal {
        because(
            "unassigned",
            format!("此件还没有经办人；请先签收，再“{}”。", command.zh),
            format!("Nobody has taken this case yet; take it first, then \"{}\".", command.en),
        )
    }

    pub fn two_persons(command: &Text, earlier: &Text) -> Refusal {
        because(
            "two_persons",
            format!("您已办理“{}”，“{}”须由另一人办理；请转给同事。", earlier.zh, command.zh),
            format!("You did \"{}\"; \"{}\" must be done by another person. Pass it to a colleague.", earlier.en, command.en),
        )
    }

    pub fn needs(command: &Text, missing: Vec<Name>) -> Refusal {
        let list = missing.join(", ");
        let text = Text::new(
            format!("“{}”还缺：{list}；请填写后再办理。", command.zh),
            format!("\"{}\" still needs: {list}; fill it in and try again.", command.en),
        );
        Refusal { code: "needs", text, missing }
    }

    pub fn no_start(state: &str) -> Refusal {
        because(
            "no_start",
            format!("办件不能从状态“{state}”开始；请用流程定义的起点。"),
            format!("A case cannot begin in {state}; use a start of the definition."),
        )
    }

    pub fn removed_state(state: &str) -> Refusal {
        because(
            "removed_state",
            format!("流程里已没有状态“{state}”；请管理员在流程的 moved 里写明它并入哪个状态。"),
            format!("The flow has no state {state} any more; have an administrator name its successor under moved."),
        )
    }

    pub fn not_delegable() -> Refusal {
        because(
            "not_delegable",
            "此时没有可以转办的办理职责；请刷新页面，看现在由谁办理。".into(),
            "There is no office duty to hand over now; reload the page to see who has it.".into(),
        )
    }

    pub fn may_not_delegate() -> Refusal {
        because(
            "not_holder",
            "只有经办人或收到催办的领导可以转办；请与他们联系。".into(),
            "Only the holder, or a role that escalations reach, can hand the case over; contact them.".into(),
        )
    }

    pub fn wrong_role(name: &str) -> Refusal {
        because(
            "wrong_role",
            format!("“{name}”没有办理此件的角色；请选有此角色的同事。"),
            format!("{name} does not have the role for this case; choose a colleague who has."),
        )
    }

    pub fn holds_already(name: &str) -> Refusal {
        because(
            "holds_already",
            format!("“{name}”已是经办人；请选另一位同事。"),
            format!("{name} holds the case already; choose another colleague."),
        )
    }

    pub fn delegate_barred(name: &str, earlier: &Text, command: &Text) -> Refusal {
        because(
            "two_persons",
            format!("“{name}”已办理“{}”，不能再办理“{}”；请选另一位同事。", earlier.zh, command.zh),
            format!("{name} did \"{}\" and so cannot do \"{}\"; choose another colleague.", earlier.en, command.en),
        )
    }
}
