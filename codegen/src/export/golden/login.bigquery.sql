-- Acme.Login: events in the profile `lake`
-- at_sign_time is the key "@time"
-- raw_body is the key "raw body"
CREATE TABLE `acme_login` (
  `id` INT64 NOT NULL OPTIONS(description='Identifies the sign-in'),
  `at_sign_time` TIMESTAMP NOT NULL OPTIONS(description='When it was, a|b'),
  `ip` STRING,
  `action` STRING,
  `tries` INT64,
  `port` INT64,
  `mfa` BOOL,
  `tags` ARRAY<STRING>,
  `grid` JSON,
  `from` STRUCT<`city` STRING, `lat` FLOAT64> OPTIONS(description='Jane\'s place'),
  `stops` ARRAY<STRUCT<`city` STRING, `lat` FLOAT64>>,
  `raw_body` STRING,
  `p_log_type` STRING NOT NULL OPTIONS(description='The log type'),
  `p_row_id` STRING NOT NULL OPTIONS(description='Identifies the event; sorts by time'),
  `p_event_time` TIMESTAMP NOT NULL OPTIONS(description='When the event was'),
  `p_parse_time` TIMESTAMP NOT NULL OPTIONS(description='When the event was parsed'),
  `p_source_id` STRING OPTIONS(description='Identifies the source that the event was pulled from'),
  `p_source_label` STRING OPTIONS(description='The name of that source'),
  `p_any_ip_addresses` ARRAY<STRING> OPTIONS(description='The ip addresses found in the event'),
  `p_any_domain_names` ARRAY<STRING> OPTIONS(description='The domain names found in the event'),
  `p_any_md5_hashes` ARRAY<STRING> OPTIONS(description='The md5 hashes found in the event'),
  `p_any_sha1_hashes` ARRAY<STRING> OPTIONS(description='The sha1 hashes found in the event'),
  `p_any_sha256_hashes` ARRAY<STRING> OPTIONS(description='The sha256 hashes found in the event'),
  `p_any_trace_ids` ARRAY<STRING> OPTIONS(description='The trace ids found in the event'),
  `p_any_aws_account_ids` ARRAY<STRING> OPTIONS(description='The aws account ids found in the event'),
  `p_any_aws_instance_ids` ARRAY<STRING> OPTIONS(description='The aws instance ids found in the event'),
  `p_any_aws_arns` ARRAY<STRING> OPTIONS(description='The aws arns found in the event'),
  `p_any_aws_tags` ARRAY<STRING> OPTIONS(description='The aws tags found in the event'),
  `p_any_emails` ARRAY<STRING> OPTIONS(description='The emails found in the event'),
  `p_any_usernames` ARRAY<STRING> OPTIONS(description='The usernames found in the event'),
  `p_any_actor_ids` ARRAY<STRING> OPTIONS(description='The actor ids found in the event'),
  `p_any_mac_addresses` ARRAY<STRING> OPTIONS(description='The mac addresses found in the event'),
  `p_any_serial_numbers` ARRAY<STRING> OPTIONS(description='The serial numbers found in the event')
)
PARTITION BY DATE(`p_event_time`)
OPTIONS(description='Someone signed in, or tried to; that\'s all.');
