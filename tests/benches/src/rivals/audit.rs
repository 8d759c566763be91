//! `Zendesk.Audit` by structs that derive serde's traits.

use std::ops::Deref;

use logwright::indicators::{Indicator, IndicatorList, Indicators};

use super::Standard;
use super::derive::{Absent, Borrowed, List, Required};
use crate::{Job, by_line};

event! {
    Audit<T> as "Zendesk.Audit" {
        {
            action: Option<T>,
            action_label: Option<T>,
            actor_id: Option<i64>,
            actor_name: Option<T>,
            change_description: Option<T>,
        }
        created_at,
        {
            id: Required<i64>,
            ip_address: Option<T>,
            source_id: Option<i64>,
            source_label: Option<T>,
            source_type: Option<T>,
            url: Option<T>,
        }
    }
    finds { "p_any_ip_addresses" ip_addresses: IpAddresses, }
}

impl<T: Deref<Target = str>> Audit<T> {
    fn collect(&self, found: &mut Indicators) {
        if let Some(ip) = &self.ip_address {
            found.scan(Indicator::Ip, ip);
        }
    }
}

jobs!(Audit<String>, Audit<Borrowed<'_>>, Audit<Borrowed<'_>>, Audit<Borrowed<'_>>);
