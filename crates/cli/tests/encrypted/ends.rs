//! What stands at the other end: a mail server and a webhook's receiver under TLS, on a port of this machine.
use liangu_app::outgoing::Tls;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

type Secured = StreamOwned<ServerConnection, TcpStream>;

fn secured(mut stream: TcpStream) -> io::Result<Secured> {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("localhost.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("localhost.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = versions.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    let mut tls = ServerConnection::new(Arc::new(config)).unwrap();
    while tls.is_handshaking() {
        tls.complete_io(&mut stream)?;
    }
    // a client that does not trust the certificate says so after its half of the handshake
    Ok(StreamOwned::new(tls, stream))
}

fn line(from: &mut impl Read) -> io::Result<String> {
    let (mut line, mut byte) = (Vec::new(), [0]);
    loop {
        from.read_exact(&mut byte)?;
        match byte[0] {
            b'\n' => return Ok(String::from_utf8_lossy(&line).trim_end().to_owned()),
            other => line.push(other),
        }
    }
}

/// Runs a conversation after the other.
fn listen<T: Send + 'static>(talk: impl Fn(TcpStream) -> T + Send + 'static) -> (u16, Receiver<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, tells) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if told.send(talk(stream)).is_err() {
                return;
            }
        }
    });
    (port, tells)
}

/// A mail server that takes every letter.
pub struct MailServer {
    pub port: u16,
    said: Receiver<Result<Vec<String>, Vec<String>>>,
}

impl MailServer {
    pub fn start(tls: Tls) -> MailServer {
        let talk = move |stream: TcpStream| {
            let (mut open, mut hidden) = (Vec::new(), Vec::new());
            match converse(stream, tls, &mut open, &mut hidden) {
                Ok(()) => Ok(hidden),
                Err(_) => Err(open),
            }
        };
        let (port, said) = listen(talk);
        MailServer { port, said }
    }

    /// What the next conversation said under TLS; what it said in the open, where it came to nothing.
    pub fn said(&self) -> Result<Vec<String>, Vec<String>> {
        self.said.recv_timeout(Duration::from_secs(60)).expect("a conversation")
    }
}

fn converse(mut stream: TcpStream, tls: Tls, open: &mut Vec<String>, hidden: &mut Vec<String>) -> io::Result<()> {
    if tls == Tls::Starttls {
        stream.write_all(b"220 open\r\n")?;
        loop {
            let said = line(&mut stream)?;
            open.push(said.clone());
            if said == "STARTTLS" {
                stream.write_all(b"220 go on\r\n")?;
                break;
            }
            stream.write_all(b"250-localhost\r\n250 STARTTLS\r\n")?;
        }
    }
    let mut stream = secured(stream)?;
    if tls == Tls::Tls {
        stream.write_all(b"220 hidden\r\n")?;
    }
    let mut is_text = false;
    loop {
        let said = line(&mut stream)?;
        let answer: &[u8] = match said.split([' ', ':']).next().unwrap_or_default() {
            "." => b"250 taken\r\n",
            _ if is_text => b"",
            "EHLO" => b"250-localhost\r\n250 AUTH PLAIN\r\n",
            "AUTH" => b"235 ok\r\n",
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 ok\r\n",
        };
        is_text = said == "DATA" || (is_text && said != ".");
        stream.write_all(answer)?;
        stream.flush()?;
        if said == "QUIT" {
            return Ok(());
        }
        hidden.push(said);
    }
}

/// Head and body of a request.
type Request = (String, Vec<u8>);

/// A receiver that takes every message.
pub struct Hook {
    pub port: u16,
    received: Receiver<io::Result<Request>>,
}

impl Hook {
    pub fn start() -> Hook {
        let (port, received) = listen(|stream| take(&mut secured(stream)?));
        Hook { port, received }
    }

    /// The next message, or why none came through.
    pub fn next(&self) -> io::Result<Request> {
        self.received.recv_timeout(Duration::from_secs(60)).expect("a connection")
    }
}

fn take(stream: &mut Secured) -> io::Result<Request> {
    let mut head = Vec::new();
    loop {
        match line(stream)? {
            end if end.is_empty() => break,
            said => head.push(said),
        }
    }
    let length = head.iter().find_map(|said| said.strip_prefix("Content-Length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")?;
    stream.flush()?;
    Ok((head.join("\n"), body))
}
