//! One connection to another machine: plain or under TLS, read by lines, never longer than its deadline.
//!
//! Own code instead of a client library: what a letter and a webhook need of the network is this page. Certificates are
//! judged by the authorities that the operating system trusts.
use liangu_base::Text;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Seconds until a machine must have taken the connection.
const CONNECT_SECONDS: u64 = 5;
/// Seconds that a whole conversation may take.
const CONVERSATION_SECONDS: u64 = 20;
/// Bytes of a line that is still read.
const LINE: usize = 4096;

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
    /// While it changes from one to the other.
    Gone,
}

/// A connection under way.
pub(super) struct Wire {
    stream: Stream,
    host: String,
    deadline: Instant,
    buffer: Vec<u8>,
}

impl Wire {
    /// # Errors
    /// What cannot be reached, in words for the administrator.
    pub fn open(host: &str, port: u16) -> Result<Wire, Text> {
        let deadline = Instant::now() + Duration::from_secs(CONVERSATION_SECONDS);
        let unreachable = |cause: String| {
            Text::new(
                format!("连不上 {host}:{port}：{cause}；请核对地址、端口和防火墙。"),
                format!("{host}:{port} cannot be reached: {cause}; check address, port and firewall."),
            )
        };
        let addresses = (host, port).to_socket_addrs().map_err(|error| unreachable(error.to_string()))?;
        let mut last = "no address".to_owned();
        for address in addresses.take(4) {
            match TcpStream::connect_timeout(&address, Duration::from_secs(CONNECT_SECONDS)) {
                Ok(stream) => {
                    // Without this a small request waits for the other side's acknowledgement; failing costs only time.
                    let _ = stream.set_nodelay(true);
                    return Ok(Wire { stream: Stream::Plain(stream), host: host.to_owned(), deadline, buffer: Vec::new() });
                }
                Err(error) => last = error.to_string(),
            }
        }
        Err(unreachable(last))
    }

    /// From here on under TLS. What was said in plain before the handshake and not read yet is not believed.
    ///
    /// # Errors
    /// A certificate that is not trusted, or a server that speaks no TLS.
    pub fn secure(&mut self) -> Result<(), Text> {
        let host = self.host.clone();
        let failed = |cause: String| {
            Text::new(
                format!("与 {host} 的加密连接没有建立：{cause}；请核对证书和加密方式。"),
                format!("No encrypted connection with {host}: {cause}; check its certificate and the kind of encryption."),
            )
        };
        self.buffer.clear();
        let Stream::Plain(mut plain) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            return Err(failed("already encrypted".to_owned()));
        };
        let name = ServerName::try_from(host.clone()).map_err(|error| failed(error.to_string()))?;
        let mut tls = ClientConnection::new(trust(), name).map_err(|error| failed(error.to_string()))?;
        while tls.is_handshaking() {
            self.patience(&plain).map_err(|error| failed(error.to_string()))?;
            tls.complete_io(&mut plain).map_err(|error| failed(error.to_string()))?;
        }
        self.stream = Stream::Tls(Box::new(StreamOwned::new(tls, plain)));
        Ok(())
    }

    fn patience(&self, stream: &TcpStream) -> io::Result<()> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "no answer in time"));
        }
        stream.set_read_timeout(Some(left))?;
        stream.set_write_timeout(Some(left))
    }

    fn socket(&self) -> io::Result<&TcpStream> {
        match &self.stream {
            Stream::Plain(stream) => Ok(stream),
            Stream::Tls(stream) => Ok(&stream.sock),
            Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// # Errors
    /// A connection that broke or took too long.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), Text> {
        self.try_send(bytes).map_err(|error| self.broken(&error))
    }

    fn try_send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.patience(self.socket()?)?;
        match &mut self.stream {
            Stream::Plain(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
            Stream::Tls(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
            Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    /// The next line without its end.
    ///
    /// # Errors
    /// A connection that broke, took too long, or sends no lines.
    pub fn line(&mut self) -> Result<String, Text> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            if self.buffer.len() > LINE {
                return Err(self.broken(&io::Error::new(io::ErrorKind::InvalidData, "a line without end")));
            }
            if let Err(error) = self.more() {
                return Err(self.broken(&error));
            }
        }
    }

    fn more(&mut self) -> io::Result<()> {
        self.patience(self.socket()?)?;
        let mut chunk = [0; 1024];
        let read = match &mut self.stream {
            Stream::Plain(stream) => stream.read(&mut chunk)?,
            Stream::Tls(stream) => stream.read(&mut chunk)?,
            Stream::Gone => 0,
        };
        if read == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the other side hung up"));
        }
        self.buffer.extend_from_slice(&chunk[..read]);
        Ok(())
    }

    fn broken(&self, error: &io::Error) -> Text {
        let slow = matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock);
        let cause = if slow { "no answer in time".to_owned() } else { error.to_string() };
        let host = &self.host;
        Text::new(
            format!("与 {host} 的连接中断：{cause}；稍后再试。"),
            format!("The connection with {host} broke: {cause}; it is tried again."),
        )
    }
}

fn trust() -> Arc<ClientConfig> {
    static TRUST: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    TRUST
        .get_or_init(|| {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
            let builder = builder.expect("ring has the suites of TLS 1.2 and 1.3");
            Arc::new(builder.with_root_certificates(roots).with_no_client_auth())
        })
        .clone()
}
