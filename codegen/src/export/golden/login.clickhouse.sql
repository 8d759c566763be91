-- Acme.Login: events in the profile `lake`
-- at_sign_time is the key "@time"
-- raw_body is the key "raw body"
CREATE TABLE `acme_login` (
  `id` Int64 COMMENT 'Identifies the sign-in',
  `at_sign_time` DateTime64(9, 'UTC') COMMENT 'When it was, a|b',
  `ip` Nullable(String),
  `action` Nullable(String),
  `tries` Nullable(Int16),
  `port` Nullable(Int32),
  `mfa` Nullable(Bool),
  `tags` Array(Nullable(String)),
  `grid` Array(Array(Nullable(Int32))),
  `from` Tuple(`city` Nullable(String), `lat` Nullable(Float64)) COMMENT 'Jane\'s place',
  `stops` Array(Tuple(`city` Nullable(String), `lat` Nullable(Float64))),
  `raw_body` Nullable(String),
  `p_log_type` String COMMENT 'The log type',
  `p_row_id` String COMMENT 'Identifies the event; sorts by time',
  `p_event_time` DateTime64(9, 'UTC') COMMENT 'When the event was',
  `p_parse_time` DateTime64(9, 'UTC') COMMENT 'When the event was parsed',
  `p_source_id` Nullable(String) COMMENT 'Identifies the source that the event was pulled from',
  `p_source_label` Nullable(String) COMMENT 'The name of that source',
  `p_any_ip_addresses` Array(Nullable(String)) COMMENT 'The ip addresses found in the event',
  `p_any_domain_names` Array(Nullable(String)) COMMENT 'The domain names found in the event',
  `p_any_md5_hashes` Array(Nullable(String)) COMMENT 'The md5 hashes found in the event',
  `p_any_sha1_hashes` Array(Nullable(String)) COMMENT 'The sha1 hashes found in the event',
  `p_any_sha256_hashes` Array(Nullable(String)) COMMENT 'The sha256 hashes found in the event',
  `p_any_trace_ids` Array(Nullable(String)) COMMENT 'The trace ids found in the event',
  `p_any_aws_account_ids` Array(Nullable(String)) COMMENT 'The aws account ids found in the event',
  `p_any_aws_instance_ids` Array(Nullable(String)) COMMENT 'The aws instance ids found in the event',
  `p_any_aws_arns` Array(Nullable(String)) COMMENT 'The aws arns found in the event',
  `p_any_aws_tags` Array(Nullable(String)) COMMENT 'The aws tags found in the event',
  `p_any_emails` Array(Nullable(String)) COMMENT 'The emails found in the event',
  `p_any_usernames` Array(Nullable(String)) COMMENT 'The usernames found in the event',
  `p_any_actor_ids` Array(Nullable(String)) COMMENT 'The actor ids found in the event',
  `p_any_mac_addresses` Array(Nullable(String)) COMMENT 'The mac addresses found in the event',
  `p_any_serial_numbers` Array(Nullable(String)) COMMENT 'The serial numbers found in the event'
)
ENGINE = MergeTree
PARTITION BY toDate(`p_event_time`)
ORDER BY `p_event_time`
COMMENT 'Someone signed in, or tried to; that\'s all.';
