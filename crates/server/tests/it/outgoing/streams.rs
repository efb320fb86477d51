//! Live notices over a real connection.
use crate::support::TestApp;
use liangu_server::{ServeOptions, serve};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A page that listens.
struct Page(BufReader<TcpStream>);

impl Page {
    fn open(address: SocketAddr, cookie: &str, last: Option<&str>) -> Page {
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        let last = last.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        let request = format!("GET /api/events HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nCookie: liangu={cookie}\r\n{last}\r\n");
        stream.write_all(request.as_bytes()).expect("it takes the request");
        Page(BufReader::new(stream))
    }

    /// The next line that begins so; `None` when the stream has ended.
    fn line(&mut self, begins: &str) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).expect("the server says something in time") == 0 {
                return None;
            }
            if line.starts_with(begins) {
                return Some(line.trim_end().to_owned());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_told_what_is_unread_and_goes_on_where_it_left() {
    let app = TestApp::new();
    let cookie = app.persona("officer").await.cookie.expect("a session");
    let (told, address) = std::sync::mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let options = ServeOptions { address: ([127, 0, 0, 1], 0).into(), secure_cookies: false };
    let ready = move |address: SocketAddr| told.send(address).expect("the test waits");
    let serving = tokio::spawn(serve(app.app.clone(), options, ready, async { drop(stopped.await) }));
    let listening = tokio::task::spawn_blocking(move || {
        let address = address.recv().expect("an address");
        let mut page = Page::open(address, &cookie, None);
        assert_eq!(page.line("content-type").as_deref(), Some("content-type: text/event-stream"));
        let id = page.line("id: ").expect("an event");
        assert_eq!(page.line("data: ").as_deref(), Some("data: {\"unread\":0,\"ids\":[]}"));
        let mut again = Page::open(address, &cookie, id.strip_prefix("id: "));
        assert_eq!(again.line("retry: ").as_deref(), Some("retry: 3000"));
        let mut stranger = Page::open(address, "nobody", None);
        assert!(stranger.line("HTTP/1.1 401").is_some());
        (page, again)
    });
    let (mut page, mut again) = listening.await.expect("no panic");
    stop.send(()).expect("the server runs");
    serving.await.expect("no panic").expect("it stops");
    assert_eq!((page.line("data: "), again.line("data: ")), (None, None), "streams end with the program, and nothing was told twice");
}
