//! `Okta.SystemLog`, a deep log type, by structs that derive serde's traits.
//!
//! JSON of any kind inside an event stays as it is written, by each library's own type for that; simd-json has none, and so
//! makes a `Value` of it.

use std::ops::Deref;

use logwright::indicators::{Indicator, IndicatorList, Indicators};
use serde_json::Value;
use serde_json::value::RawValue;
use sonic_rs::LazyValue;

use super::Standard;
use super::derive::{Absent, Borrowed, List, Required};
use crate::{Job, by_line};

object! {
    #[serde(rename_all = "camelCase")]
    Entity<T, J> { id: T, r#type: T, alternate_id: T, display_name: T, detail_entry: J, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Target<T, J> { id: T, r#type: T, alternate_id: T, display_name: T, detail_entry: J, change_details: J, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Client<T> {
        id: T,
        user_agent: UserAgent<T>,
        zone: T,
        device: T,
        ip_address: T,
        geographical_context: Place<T>,
    }
}

object! {
    #[serde(rename_all = "camelCase")]
    UserAgent<T> { raw_user_agent: T, os: T, browser: T, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Place<T> { city: T, state: T, country: T, postal_code: T, geolocation: Spot, }
}

object! {
    Spot { lat: f64, lon: f64, }
}

object! {
    Device<T, J> {
        id: T,
        name: T,
        os_platform: T,
        os_version: T,
        managed: bool,
        registered: bool,
        device_integrator: J,
        disk_encryption_type: T,
        screen_lock_type: T,
        jailbreak: bool,
        secure_hardware_present: bool,
    }
}

object! {
    #[serde(rename_all = "camelCase")]
    Authentication<T> {
        authentication_provider: T,
        credential_provider: T,
        credential_type: T,
        issuer: Issuer<T>,
        interface: T,
        authentication_step: i32,
        external_session_id: T,
        root_session_id: T,
    }
}

object! {
    Issuer<T> { id: T, r#type: T, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Security<T> { as_number: i64, as_org: T, isp: T, domain: T, is_proxy: bool, }
}

object! {
    Outcome<T> { result: T, reason: T, }
}

object! {
    Transaction<T, J> { id: T, r#type: T, detail: J, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Debug<J> { debug_data: J, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Request<T> { ip_chain: Vec<Option<Hop<T>>>, }
}

object! {
    #[serde(rename_all = "camelCase")]
    Hop<T> { ip: T, version: T, source: T, geographical_context: Place<T>, }
}

event! {
    #[serde(rename_all = "camelCase")]
    SystemLog<T, J> as "Okta.SystemLog" {
        { uuid: Required<T>, }
        published,
        {
            event_type: Required<T>,
            legacy_event_type: Option<T>,
            version: Option<T>,
            severity: Option<T>,
            display_message: Option<T>,
            actor: Option<Entity<T, J>>,
            client: Option<Client<T>>,
            device: Option<Device<T, J>>,
            authentication_context: Option<Authentication<T>>,
            security_context: Option<Security<T>>,
            outcome: Option<Outcome<T>>,
            target: Option<Vec<Option<Target<T, J>>>>,
            transaction: Option<Transaction<T, J>>,
            debug_context: Option<Debug<J>>,
            request: Option<Request<T>>,
        }
    }
    finds {
        "p_any_ip_addresses" ip_addresses: IpAddresses,
        "p_any_domain_names" domain_names: DomainNames,
        "p_any_trace_ids" trace_ids: TraceIds,
        "p_any_emails" emails: Emails,
        "p_any_usernames" usernames: Usernames,
        "p_any_actor_ids" actor_ids: ActorIds,
    }
}

impl<T: Deref<Target = str>, J> SystemLog<T, J> {
    fn collect(&self, found: &mut Indicators) {
        let mut scan = |indicators: &[Indicator], text: Option<&T>| {
            for (indicator, text) in indicators.iter().zip(text.into_iter().cycle()) {
                found.scan(*indicator, text);
            }
        };
        let people = [Indicator::Email, Indicator::Username];
        let (trace, ip) = ([Indicator::TraceId], [Indicator::Ip]);
        if let Some(actor) = &self.actor {
            scan(&[Indicator::ActorId], actor.id.as_ref());
            scan(&people, actor.alternate_id.as_ref());
        }
        scan(&ip, self.client.as_ref().and_then(|client| client.ip_address.as_ref()));
        scan(&[Indicator::Hostname], self.device.as_ref().and_then(|device| device.name.as_ref()));
        if let Some(context) = &self.authentication_context {
            scan(&trace, context.external_session_id.as_ref());
            scan(&trace, context.root_session_id.as_ref());
        }
        scan(&[Indicator::Domain], self.security_context.as_ref().and_then(|context| context.domain.as_ref()));
        for target in self.target.iter().flatten().flatten() {
            scan(&people, target.alternate_id.as_ref());
        }
        scan(&trace, self.transaction.as_ref().and_then(|transaction| transaction.id.as_ref()));
        for hop in self.request.iter().filter_map(|request| request.ip_chain.as_ref()).flatten().flatten() {
            scan(&ip, hop.ip.as_ref());
        }
    }
}

jobs!(
    SystemLog<String, Box<RawValue>>,
    SystemLog<Borrowed<'_>, &RawValue>,
    SystemLog<Borrowed<'_>, LazyValue<'_>>,
    SystemLog<Borrowed<'_>, Value>
);
