//! What stands at the other end: a mail server and a webhook's receiver, on a port of this machine.
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request that came in.
#[derive(Clone, Debug)]
pub struct Received {
    pub line: String,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

/// Takes POSTs and answers the status it is told to.
pub struct Hook {
    pub port: u16,
    status: Arc<Mutex<u16>>,
    received: Receiver<Received>,
}

impl Hook {
    pub fn start() -> Hook {
        Hook::held(None)
    }

    /// One that answers nothing until it is let go.
    pub fn silent() -> (Hook, Sender<()>) {
        let (go, gone) = channel();
        (Hook::held(Some(gone)), go)
    }

    fn held(until: Option<Receiver<()>>) -> Hook {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let status = Arc::new(Mutex::new(200));
        let (sender, received) = channel();
        let answers = status.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Some(until) = &until {
                    // The end of the test lets it go too.
                    let _ = until.recv();
                }
                let request = read_request(&stream);
                let status = *answers.lock().expect("a status");
                let _ = (&stream).write_all(format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n").as_bytes());
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        Hook { port, status, received }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook?token=path-secret", self.port)
    }

    pub fn answers(&self, status: u16) {
        *self.status.lock().expect("a status") = status;
    }

    /// What has come in so far.
    pub fn all(&self) -> Vec<Received> {
        self.received.try_iter().collect()
    }

    /// The next one, however long it takes within half a minute.
    pub fn next(&self) -> Received {
        self.received.recv_timeout(Duration::from_secs(30)).expect("a message comes")
    }
}

fn read_request(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request line");
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    Received { line: line.trim_end().to_owned(), headers, body }
}

/// A letter that came in.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub text: String,
}

/// A mail server that writes down what it is told and refuses whom it is told to refuse.
pub struct MailSink {
    pub port: u16,
    said: Arc<Mutex<Said>>,
}

#[derive(Default)]
struct Said {
    letters: Vec<Letter>,
    commands: Vec<String>,
    /// Answer to `RCPT TO` by a part of the address.
    refuses: HashMap<String, &'static str>,
    connections: usize,
}

impl MailSink {
    pub fn start() -> MailSink {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let said = Arc::new(Mutex::new(Said::default()));
        let shared = said.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                shared.lock().expect("notes").connections += 1;
                // A client that hangs up ends the conversation.
                let _ = converse(&stream, &shared);
            }
        });
        MailSink { port, said }
    }

    pub fn refuse(&self, address: &str, answer: &'static str) {
        self.said.lock().expect("notes").refuses.insert(address.to_owned(), answer);
    }

    pub fn accept(&self, address: &str) {
        self.said.lock().expect("notes").refuses.remove(address);
    }

    /// Letters since the last call.
    pub fn letters(&self) -> Vec<Letter> {
        std::mem::take(&mut self.said.lock().expect("notes").letters)
    }

    pub fn commands(&self) -> Vec<String> {
        self.said.lock().expect("notes").commands.clone()
    }

    pub fn connections(&self) -> usize {
        self.said.lock().expect("notes").connections
    }
}

fn converse(stream: &TcpStream, said: &Mutex<Said>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let say = |text: &str| {
        let mut stream = stream;
        stream.write_all(format!("{text}\r\n").as_bytes())
    };
    say("220 sink")?;
    let mut to = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end().to_owned();
        said.lock().expect("notes").commands.push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say("250-sink\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")?,
            "AUTH" => say("235 ok")?,
            "RCPT" => {
                to = line.trim_start_matches("RCPT TO:<").trim_end_matches('>').to_owned();
                let refused = said.lock().expect("notes").refuses.get(&to).copied();
                say(refused.unwrap_or("250 ok"))?;
            }
            "DATA" => {
                say("354 go")?;
                let mut text = String::new();
                loop {
                    let mut line = String::new();
                    reader.read_line(&mut line)?;
                    if line == ".\r\n" {
                        break;
                    }
                    text.push_str(&line);
                }
                said.lock().expect("notes").letters.push(Letter { to: to.clone(), text });
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
}

/// A port at which nobody listens.
pub fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("its address").port()
}
