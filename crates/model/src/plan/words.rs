//! Steps of a plan in words, both languages.
use super::Step;
use crate::error::text;
use liangu_base::text::{Lang, Text};

/// Codes that a step names before it only counts them.
const SHOWN: usize = 8;

impl Step {
    pub fn text(&self) -> Text {
        let (zh, en) = self.template();
        let fill = |template: &str, lang: Lang| {
            let mut filled = template.to_owned();
            for (name, value) in self.parts() {
                filled = filled.replace(&format!("{{{name}}}"), value.get(lang));
            }
            filled
        };
        text(fill(zh, Lang::Zh), fill(en, Lang::En))
    }

    #[rustfmt::skip]
    fn template(&self) -> (&'static str, &'static str) {
        use Step::*;
        match self {
            CreateRecord { .. } => ("新建记录 {record}", "create record {record}"),
            RestoreRecord { .. } => ("恢复记录 {record}（数据仍在）", "restore record {record} (its data is still there)"),
            HideRecord { .. } => ("隐藏记录 {record}（数据保留）", "hide record {record} (its data is kept)"),
            AddField { .. } => ("{record}：增加字段 {field}", "{record}: add field {field}"),
            RenameField { .. } => ("{record}：字段 {from} 改名为 {to}", "{record}: rename field {from} to {to}"),
            RestoreField { .. } => ("{record}：恢复字段 {field}（数据仍在）", "{record}: restore field {field} (its data is still there)"),
            HideField { .. } => ("{record}：隐藏字段 {field}（数据保留）", "{record}: hide field {field} (its data is kept)"),
            RetypeField { .. } => ("{record}：字段 {field} 由 {from} 变为 {to}，按 {convert} 换算", "{record}: field {field} becomes {to} instead of {from} by {convert}"),
            AddUnique { .. } => ("{record}：字段 {field} 从此唯一（先查重）", "{record}: field {field} becomes unique (checked first)"),
            DropUnique { .. } => ("{record}：字段 {field} 不再唯一", "{record}: field {field} is no longer unique"),
            Require { .. } => ("{record}：字段 {field} 从此必填（只约束新的写入）", "{record}: field {field} becomes required (binds new writes only)"),
            AddIndex { .. } => ("{record}：为 {field} 建索引", "{record}: index {field}"),
            DropIndex { .. } => ("{record}：去掉 {field} 的索引", "{record}: drop the index of {field}"),
            RebuildSearch { fields, .. } if fields.is_empty() => ("{record}：取消全文检索", "{record}: drop full-text search"),
            RebuildSearch { .. } => ("{record}：重建全文检索（{fields}）", "{record}: rebuild full-text search ({fields})"),
            ChangeAccess { .. } => ("{record}：权限变化，{what}", "{record}: access changes, {what}"),
            ChangeFlow { .. } => ("{record}：流程由第 {from} 版变为第 {to} 版（在办件随之转入）", "{record}: the flow goes from version {from} to {to} (running cases are carried over)"),
            RemoveStates { .. } => ("{record}：流程去掉状态 {states}（其中不得再有办件）", "{record}: the flow loses the states {states} (no case may be in them)"),
            AddCodes { .. } => ("代码表 {list}：增加 {codes}", "list {list}: add {codes}"),
            RemoveCodes { .. } => ("代码表 {list}：去掉 {codes}（已存的值保留）", "list {list}: remove {codes} (stored values stay)"),
        }
    }

    /// What fills the template, by name.
    fn parts(&self) -> Vec<(&'static str, Text)> {
        use Step::*;
        let both = |s: &String| text(s.clone(), s.clone());
        match self {
            CreateRecord { record } | RestoreRecord { record } | HideRecord { record } => {
                vec![("record", both(record))]
            }
            AddField { record, field }
            | RestoreField { record, field }
            | HideField { record, field }
            | AddUnique { record, field }
            | DropUnique { record, field }
            | Require { record, field }
            | AddIndex { record, field }
            | DropIndex { record, field } => vec![("record", both(record)), ("field", both(field))],
            RenameField { record, from, to } => {
                vec![("record", both(record)), ("from", both(from)), ("to", both(to))]
            }
            RetypeField { record, field, from, to, convert } => {
                vec![("record", both(record)), ("field", both(field)), ("from", both(from)), ("to", both(to)), ("convert", both(convert))]
            }
            RebuildSearch { record, fields } => vec![("record", both(record)), ("fields", text(fields.join("、"), fields.join(", ")))],
            ChangeAccess { record, what } => vec![("record", both(record)), ("what", what.clone())],
            ChangeFlow { record, from, to } => {
                vec![("record", both(record)), ("from", both(&from.to_string())), ("to", both(&to.to_string()))]
            }
            RemoveStates { record, states } => vec![("record", both(record)), ("states", text(states.join("、"), states.join(", ")))],
            AddCodes { list, codes } | RemoveCodes { list, codes } => {
                vec![("list", both(list)), ("codes", both(&few(codes)))]
            }
        }
    }
}

fn few(codes: &[String]) -> String {
    let shown = codes.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if codes.len() > SHOWN { format!("{shown}, … ({})", codes.len()) } else { shown }
}
