//! `metrics`: where `run` serves what it measures. On this machine alone: what it says is nobody else's business, and a proxy
//! that others may ask can ask who they are.

use std::net::{Ipv4Addr, SocketAddr};

use super::fields::{Fields, text};
use super::mistake::Findings;
use super::node::{Node, Value};

/// The address of `metrics`. The outer `None` stands for a mistake.
#[allow(clippy::option_option, reason = "a mistake and an absent key are two things")]
pub(super) fn metrics(fields: Fields<'_>, findings: &mut Findings) -> Option<Option<SocketAddr>> {
    let Some(node) = fields.get("metrics") else { return Some(None) };
    let metrics = Fields::of(node, "`metrics`", &["port", "listen"], findings)?;
    match (metrics.get("port"), metrics.get("listen")) {
        (Some(port), None) => port_of(port, findings).map(|port| Some((Ipv4Addr::LOCALHOST, port).into())),
        (None, Some(listen)) => address(listen, findings).map(Some),
        _ => {
            findings
                .add(metrics.at, "`metrics` needs either `port`, such as 9464, or `listen`, such as 127.0.0.1:9464");
            None
        }
    }
}

fn port_of(node: &Node, findings: &mut Findings) -> Option<u16> {
    let port = match node.value {
        Value::Number(Some(number)) => u16::try_from(number).ok(),
        _ => None,
    };
    if port.is_none() {
        findings
            .add(node.at, "`port` must be a number from 0 to 65535; with 0 a free port is taken, and told in the log");
    }
    port
}

fn address(node: &Node, findings: &mut Findings) -> Option<SocketAddr> {
    let address = text(node, "`listen`", findings)?.parse::<SocketAddr>().ok();
    let address = address.filter(|address| address.ip().is_loopback());
    if address.is_none() {
        findings.add(
            node.at,
            "`listen` must be an address of this machine alone and a port, such as 127.0.0.1:9464 or '[::1]:9464'",
        );
    }
    address
}
