//! A letter as RFC 5322 wants it: headers in ASCII, Chinese in encoded words, the body in base64.
use super::address::MailAddress;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use liangu_base::{Instant, Text};

/// Bytes of text in one encoded word, so that a line stays below 76 characters.
const WORD: usize = 42;
/// Base64 characters of a line of the body.
const LINE: usize = 76;

/// One letter to one person.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub from: (String, MailAddress),
    pub to: MailAddress,
    pub subject: String,
    pub body: String,
    /// Stable over tries, so that a mail program shows a letter that came twice once.
    pub id: String,
    pub at: Instant,
}

/// Subject and body of a notice: Chinese first, English below.
pub(super) fn of_notice(text: &Text, installation: &Text) -> (String, String) {
    let english = if text.en.is_empty() { "" } else { text.en.as_ref() };
    let subject: String = text.zh.chars().filter(|c| !c.is_control()).take(60).collect();
    let body = format!(
        "{}\n\n{english}\n\n—\n本邮件由{}自动发出，请登录系统办理，不必回复。\nSent by {}; sign in to act, please do not answer.\n",
        text.zh,
        installation.zh,
        installation.get(liangu_base::Lang::En)
    );
    (subject, body)
}

impl Letter {
    /// The letter's bytes with `\r\n`; no line begins with a dot, since base64 has none.
    pub fn bytes(&self) -> Vec<u8> {
        let (name, from) = &self.from;
        let sender = if name.is_empty() { from.to_string() } else { format!("{} <{from}>", encoded(name)) };
        let mut text = format!(
            "From: {sender}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            self.to,
            encoded(&self.subject),
            date(self.at),
            self.id,
            from.host(),
        );
        let body = STANDARD.encode(self.body.replace('\n', "\r\n"));
        for line in body.as_bytes().chunks(LINE) {
            text.push_str(&String::from_utf8_lossy(line));
            text.push_str("\r\n");
        }
        text.into_bytes()
    }
}

/// RFC 2047: words of UTF-8 in base64, folded.
fn encoded(text: &str) -> String {
    let mut words = vec![String::new()];
    for c in text.chars().filter(|c| !c.is_control()) {
        if words.last().is_some_and(|word| word.len() + c.len_utf8() > WORD) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    let words: Vec<String> = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

/// `Wed, 25 Nov 2026 10:20:34 +0800`.
fn date(at: Instant) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let day = at.date_beijing();
    let (hour, minute, second) = at.time_beijing();
    let month = usize::try_from(day.month()).unwrap_or(1).clamp(1, 12);
    // The name of the weekday is optional.
    format!("{} {} {} {hour:02}:{minute:02}:{second:02} +0800", day.day(), MONTHS[month - 1], day.year())
}

#[cfg(test)]
mod tests {
    use super::{Letter, encoded};
    use crate::outgoing::address::MailAddress;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use liangu_base::{Date, Instant};

    #[test]
    fn a_letter_is_ascii_in_short_lines_and_says_what_was_meant() {
        let address = |text: &str| MailAddress::parse(text).expect("an address");
        let at = Instant::at_beijing(Date::from_ymd(2026, 11, 5).expect("a day"), 9, 3, 0).expect("an hour");
        let letter = Letter {
            from: ("娄底链谷".into(), address("noreply@loudi.example")),
            to: address("a@b.cn"),
            subject: "申报 SB-2026-118 被退回补正：请在十个工作日内补齐材料，逾期视为放弃。\r\nBcc: x@y.cn".into(),
            body: "第一行\n.\n第三行".into(),
            id: "n7".into(),
            at,
        };
        let text = String::from_utf8(letter.bytes()).expect("ASCII");
        assert!(
            text.is_ascii() && text.split("\r\n").all(|line| line.len() <= 78 && !line.starts_with('.') && !line.contains('\n')),
            "{text}"
        );
        assert!(text.contains("Date: 5 Nov 2026 09:03:00 +0800\r\n") && text.contains("Message-ID: <n7@loudi.example>"), "{text}");
        assert!(!text.contains("Bcc:"), "{text}");
        let body: String = text.split("\r\n\r\n").nth(1).expect("a body").split_whitespace().collect();
        assert_eq!(String::from_utf8(STANDARD.decode(body).expect("base64")).expect("UTF-8"), "第一行\r\n.\r\n第三行");
        assert_eq!(encoded("a"), "=?UTF-8?B?YQ==?=");
    }
}
