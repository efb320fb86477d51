//! Letters handed to a mail server: RFC 5321 with STARTTLS and AUTH PLAIN, some hundred lines instead of a mail library with
//! its own pools and queues, since the queue is the outbox.
use super::address::MailAddress;
use super::letter::Letter;
use super::wire::Wire;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use liangu_base::Text;

/// Lines of one answer that are still read.
const LINES: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    None,
    Starttls,
    Tls,
}

/// The server that takes the letters.
#[derive(Clone, Debug)]
pub(super) struct MailServer {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub user: String,
    pub password: String,
}

/// Why a letter was not taken.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// The server is away, busy or refuses this program: nothing can go out.
    Server(Text),
    /// This letter alone, for now.
    Later(Text),
    /// This letter alone, for ever.
    Never(Text),
}

impl Refusal {
    pub fn text(&self) -> &Text {
        match self {
            Refusal::Server(text) | Refusal::Later(text) | Refusal::Never(text) => text,
        }
    }
}

impl From<Text> for Refusal {
    fn from(text: Text) -> Refusal {
        Refusal::Server(text)
    }
}

struct Answer {
    code: u16,
    lines: Vec<String>,
}

/// A conversation with the server; more than one letter may go through it.
pub(super) struct Session {
    wire: Wire,
}

impl Session {
    /// Greets, turns on TLS as set, signs in.
    ///
    /// # Errors
    /// [`Refusal::Server`] alone.
    pub fn open(server: &MailServer, own_name: &str) -> Result<Session, Refusal> {
        let mut session = Session { wire: Wire::open(&server.host, server.port)? };
        if server.tls == Tls::Tls {
            session.wire.secure()?;
        }
        session.expect(None, 220)?;
        let mut offers = session.expect(Some(&format!("EHLO {own_name}")), 250)?;
        if server.tls == Tls::Starttls {
            session.expect(Some("STARTTLS"), 220)?;
            session.wire.secure()?;
            offers = session.expect(Some(&format!("EHLO {own_name}")), 250)?;
        }
        if !server.user.is_empty() {
            session.sign_in(server, &offers)?;
        }
        Ok(session)
    }

    fn sign_in(&mut self, server: &MailServer, offers: &Answer) -> Result<(), Refusal> {
        let offered = offers.lines.iter().find(|line| line.to_ascii_uppercase().starts_with("AUTH")).cloned().unwrap_or_default();
        let offered = offered.to_ascii_uppercase();
        if offered.contains("PLAIN") || !offered.contains("LOGIN") {
            let secret = STANDARD.encode(format!("\0{}\0{}", server.user, server.password));
            self.expect(Some(&format!("AUTH PLAIN {secret}")), 235)?;
        } else {
            self.expect(Some("AUTH LOGIN"), 334)?;
            self.expect(Some(&STANDARD.encode(&server.user)), 334)?;
            self.expect(Some(&STANDARD.encode(&server.password)), 235)?;
        }
        Ok(())
    }

    /// # Errors
    /// As [`Refusal`] tells apart; after anything but [`Refusal::Server`] the session takes the next letter.
    pub fn send(&mut self, letter: &Letter) -> Result<(), Refusal> {
        let from: &MailAddress = &letter.from.1;
        self.expect(Some(&format!("MAIL FROM:<{from}>")), 250)?;
        let taken = self.ask(Some(&format!("RCPT TO:<{}>", letter.to)))?;
        if !matches!(taken.code, 250 | 251) {
            let why = said(&taken);
            self.expect(Some("RSET"), 250)?;
            return Err(if taken.code >= 500 { Refusal::Never(why) } else { Refusal::Later(why) });
        }
        self.expect(Some("DATA"), 354)?;
        self.wire.send(&letter.bytes())?;
        let done = self.ask(Some("."))?;
        match done.code {
            250 => Ok(()),
            500.. => Err(Refusal::Never(said(&done))),
            _ => Err(Refusal::Later(said(&done))),
        }
    }

    /// Leaves politely; whether the server hears it does not matter.
    pub fn close(mut self) {
        drop(self.ask(Some("QUIT")));
    }

    fn expect(&mut self, command: Option<&str>, code: u16) -> Result<Answer, Refusal> {
        let answer = self.ask(command)?;
        if answer.code == code { Ok(answer) } else { Err(Refusal::Server(said(&answer))) }
    }

    fn ask(&mut self, command: Option<&str>) -> Result<Answer, Refusal> {
        if let Some(command) = command {
            self.wire.send(format!("{command}\r\n").as_bytes())?;
        }
        let mut lines = Vec::new();
        while lines.len() < LINES {
            let line = self.wire.line()?;
            let code: Option<u16> = line.get(..3).and_then(|code| code.parse().ok());
            let Some(code) = code else { return Err(Refusal::Server(strange(&line))) };
            lines.push(line.get(4..).unwrap_or_default().to_owned());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(Answer { code, lines });
            }
        }
        Err(Refusal::Server(strange("…")))
    }
}

fn said(answer: &Answer) -> Text {
    let words: String = answer.lines.join(" ").chars().filter(|c| !c.is_control()).take(200).collect();
    let code = answer.code;
    Text::new(format!("邮件服务器答复 {code}：{words}"), format!("The mail server answered {code}: {words}"))
}

fn strange(line: &str) -> Text {
    let line: String = line.chars().filter(|c| !c.is_control()).take(80).collect();
    Text::new(
        format!("对方不像邮件服务器（答复“{line}”）；请核对地址和端口。"),
        format!("The other side does not speak as a mail server (\"{line}\"); check address and port."),
    )
}
