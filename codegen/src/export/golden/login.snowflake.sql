-- Acme.Login: events in the profile `lake`
-- at_sign_time is the key "@time"
-- raw_body is the key "raw body"
CREATE TABLE "acme_login" (
  "id" BIGINT NOT NULL COMMENT 'Identifies the sign-in',
  "at_sign_time" TIMESTAMP_NTZ(9) NOT NULL COMMENT 'When it was, a|b',
  "ip" VARCHAR,
  "action" VARCHAR,
  "tries" SMALLINT,
  "port" INTEGER,
  "mfa" BOOLEAN,
  "tags" ARRAY,
  "grid" ARRAY,
  "from" OBJECT COMMENT 'Jane\'s place',
  "stops" ARRAY,
  "raw_body" VARCHAR,
  "p_log_type" VARCHAR NOT NULL COMMENT 'The log type',
  "p_row_id" VARCHAR NOT NULL COMMENT 'Identifies the event; sorts by time',
  "p_event_time" TIMESTAMP_NTZ(9) NOT NULL COMMENT 'When the event was',
  "p_parse_time" TIMESTAMP_NTZ(9) NOT NULL COMMENT 'When the event was parsed',
  "p_source_id" VARCHAR COMMENT 'Identifies the source that the event was pulled from',
  "p_source_label" VARCHAR COMMENT 'The name of that source',
  "p_any_ip_addresses" ARRAY COMMENT 'The ip addresses found in the event',
  "p_any_domain_names" ARRAY COMMENT 'The domain names found in the event',
  "p_any_md5_hashes" ARRAY COMMENT 'The md5 hashes found in the event',
  "p_any_sha1_hashes" ARRAY COMMENT 'The sha1 hashes found in the event',
  "p_any_sha256_hashes" ARRAY COMMENT 'The sha256 hashes found in the event',
  "p_any_trace_ids" ARRAY COMMENT 'The trace ids found in the event',
  "p_any_aws_account_ids" ARRAY COMMENT 'The aws account ids found in the event',
  "p_any_aws_instance_ids" ARRAY COMMENT 'The aws instance ids found in the event',
  "p_any_aws_arns" ARRAY COMMENT 'The aws arns found in the event',
  "p_any_aws_tags" ARRAY COMMENT 'The aws tags found in the event',
  "p_any_emails" ARRAY COMMENT 'The emails found in the event',
  "p_any_usernames" ARRAY COMMENT 'The usernames found in the event',
  "p_any_actor_ids" ARRAY COMMENT 'The actor ids found in the event',
  "p_any_mac_addresses" ARRAY COMMENT 'The mac addresses found in the event',
  "p_any_serial_numbers" ARRAY COMMENT 'The serial numbers found in the event'
)
COMMENT = 'Someone signed in, or tried to; that\'s all.';
