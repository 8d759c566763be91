//! `Edge.Request`, a wide log type, by structs that derive serde's traits.

use std::ops::Deref;

use logwright::indicators::{Indicator, IndicatorList, Indicators};

use super::Standard;
use super::derive::{Absent, Borrowed, List, Required};
use crate::{Job, by_line};

event! {
    Request<T> as "Edge.Request" {
        { request_id: Required<T>, }
        time,
        {
            zone: Option<T>,
            account: Option<T>,
            client_ip: Option<T>,
            client_port: Option<i32>,
            client_country: Option<T>,
            client_region: Option<T>,
            client_city: Option<T>,
            client_latitude: Option<f64>,
            client_longitude: Option<f64>,
            client_as_number: Option<i64>,
            client_as_name: Option<T>,
            client_class: Option<T>,
            client_device: Option<T>,
            client_os: Option<T>,
            client_os_version: Option<T>,
            client_browser: Option<T>,
            client_browser_version: Option<T>,
            client_language: Option<T>,
            client_rtt_ms: Option<i32>,
            client_mss: Option<i16>,
            client_connection_requests: Option<i32>,
            client_is_reused: Option<bool>,
            tls_version: Option<T>,
            tls_cipher: Option<T>,
            tls_ja3: Option<T>,
            tls_server_name: Option<T>,
            tls_is_resumed: Option<bool>,
            tls_client_certificate: Option<T>,
            tls_handshake_ms: Option<i32>,
            http_method: Option<T>,
            http_scheme: Option<T>,
            http_version: Option<T>,
            http_host: Option<T>,
            http_path: Option<T>,
            http_query: Option<T>,
            http_referer: Option<T>,
            http_user_agent: Option<T>,
            http_accept: Option<T>,
            http_accept_encoding: Option<T>,
            http_content_type: Option<T>,
            http_origin: Option<T>,
            http_forwarded_for: Option<T>,
            http_authorization_scheme: Option<T>,
            http_header_count: Option<i16>,
            http_header_bytes: Option<i32>,
            http_body_bytes: Option<i64>,
            http_cookie_count: Option<i16>,
            response_status: Option<i16>,
            response_content_type: Option<T>,
            response_content_encoding: Option<T>,
            response_cache_control: Option<T>,
            response_etag: Option<T>,
            response_header_bytes: Option<i32>,
            response_body_bytes: Option<i64>,
            response_ttfb_ms: Option<i32>,
            response_total_ms: Option<i32>,
            response_compression_ratio: Option<f64>,
            response_is_complete: Option<bool>,
            cache_status: Option<T>,
            cache_key: Option<T>,
            cache_age_s: Option<i64>,
            cache_ttl_s: Option<i64>,
            cache_is_tiered: Option<bool>,
            cache_tier: Option<T>,
            cache_fill_bytes: Option<i64>,
            origin_ip: Option<T>,
            origin_port: Option<i32>,
            origin_protocol: Option<T>,
            origin_http_version: Option<T>,
            origin_status: Option<i16>,
            origin_dns_ms: Option<i32>,
            origin_connect_ms: Option<i32>,
            origin_tls_ms: Option<i32>,
            origin_request_ms: Option<i32>,
            origin_wait_ms: Option<i32>,
            origin_receive_ms: Option<i32>,
            origin_bytes: Option<i64>,
            origin_retries: Option<i16>,
            origin_is_reused: Option<bool>,
            origin_pool: Option<T>,
            origin_health: Option<T>,
            edge_site: Option<T>,
            edge_server: Option<T>,
            edge_version: Option<T>,
            edge_queue_ms: Option<i32>,
            edge_cpu_us: Option<i64>,
            edge_subrequests: Option<i16>,
            edge_worker: Option<T>,
            edge_worker_status: Option<T>,
            edge_worker_cpu_us: Option<i64>,
            edge_rate_limit_rule: Option<T>,
            edge_rate_limit_action: Option<T>,
            edge_rate_limit_left: Option<i32>,
            waf_action: Option<T>,
            waf_rule: Option<T>,
            waf_rule_message: Option<T>,
            waf_ruleset: Option<T>,
            waf_ruleset_version: Option<T>,
            waf_score: Option<i16>,
            waf_score_sqli: Option<i16>,
            waf_score_xss: Option<i16>,
            waf_score_rce: Option<i16>,
            waf_matched_field: Option<T>,
            waf_rules_run: Option<i32>,
            waf_is_sampled: Option<bool>,
            bot_score: Option<i16>,
            bot_class: Option<T>,
            bot_name: Option<T>,
            bot_is_verified: Option<bool>,
            bot_detection: Option<T>,
            challenge_kind: Option<T>,
            challenge_result: Option<T>,
            user_name: Option<T>,
            user_session: Option<T>,
            user_plan: Option<T>,
            experiment: Option<T>,
            log_sequence: Option<i64>,
            sample_rate: Option<f64>,
        }
    }
    finds {
        "p_any_ip_addresses" ip_addresses: IpAddresses,
        "p_any_domain_names" domain_names: DomainNames,
        "p_any_trace_ids" trace_ids: TraceIds,
        "p_any_usernames" usernames: Usernames,
    }
}

impl<T: Deref<Target = str>> Request<T> {
    fn collect(&self, found: &mut Indicators) {
        found.scan(Indicator::TraceId, &self.request_id.0);
        let texts = [
            (Indicator::Ip, &self.client_ip),
            (Indicator::Hostname, &self.http_host),
            (Indicator::Ip, &self.origin_ip),
            (Indicator::Username, &self.user_name),
        ];
        for (indicator, text) in texts {
            if let Some(text) = text {
                found.scan(indicator, text);
            }
        }
    }
}

jobs!(Request<String>, Request<Borrowed<'_>>, Request<Borrowed<'_>>, Request<Borrowed<'_>>);
