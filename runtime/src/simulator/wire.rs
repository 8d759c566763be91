//! Connections that break or stop on demand, in the midst of whatever is being sent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A listener whose connections can be cut.
pub(super) struct Wires(pub(super) TcpListener);

/// A connection that can be cut.
pub(super) struct Wire {
    stream: TcpStream,
    scissors: Scissors,
}

/// What cuts one connection.
#[derive(Clone, Debug)]
pub(super) struct Scissors(Arc<Cut>);

#[derive(Debug)]
struct Cut {
    /// How many more bytes it lets through.
    left: AtomicUsize,
    /// Whether it stays open after them.
    stays_open: AtomicBool,
}

impl Scissors {
    fn new() -> Self {
        Self(Arc::new(Cut { left: AtomicUsize::new(usize::MAX), stays_open: AtomicBool::new(false) }))
    }

    /// Lets so many more bytes through to the client, and then breaks.
    pub(super) fn cut_after(&self, bytes: usize) {
        self.0.left.store(bytes, Ordering::Relaxed);
    }

    /// Lets so many more bytes through to the client, and then nothing.
    pub(super) fn stop_after(&self, bytes: usize) {
        self.0.stays_open.store(true, Ordering::Relaxed);
        self.cut_after(bytes);
    }
}

impl Listener for Wires {
    type Io = Wire;
    type Addr = Scissors;

    async fn accept(&mut self) -> (Wire, Scissors) {
        let (stream, _) = Listener::accept(&mut self.0).await;
        let scissors = Scissors::new();
        (Wire { stream, scissors: scissors.clone() }, scissors)
    }

    fn local_addr(&self) -> io::Result<Scissors> {
        Ok(Scissors::new())
    }
}

impl Connected<IncomingStream<'_, Wires>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        stream.remote_addr().clone()
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let left = self.scissors.0.left.load(Ordering::Relaxed);
        if left == 0 && self.scissors.0.stays_open.load(Ordering::Relaxed) {
            // Nobody wakes it but the client, by going.
            return Poll::Pending;
        }
        if left == 0 {
            // What is not sent is not sent: the connection ends when its owner drops it on this error.
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, &bytes[..bytes.len().min(left)]);
        if let (Poll::Ready(Ok(written)), true) = (&written, left < usize::MAX) {
            self.scissors.cut_after(left - written);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
