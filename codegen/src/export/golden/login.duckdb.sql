-- Acme.Login: events in the profile `lake`
-- at_sign_time is the key "@time"
-- raw_body is the key "raw body"
CREATE TABLE "acme_login" (
  "id" BIGINT NOT NULL,
  "at_sign_time" TIMESTAMP_NS NOT NULL,
  "ip" VARCHAR,
  "action" VARCHAR,
  "tries" SMALLINT,
  "port" INTEGER,
  "mfa" BOOLEAN,
  "tags" VARCHAR[],
  "grid" INTEGER[][],
  "from" STRUCT("city" VARCHAR, "lat" DOUBLE),
  "stops" STRUCT("city" VARCHAR, "lat" DOUBLE)[],
  "raw_body" VARCHAR,
  "p_log_type" VARCHAR NOT NULL,
  "p_row_id" VARCHAR NOT NULL,
  "p_event_time" TIMESTAMP_NS NOT NULL,
  "p_parse_time" TIMESTAMP_NS NOT NULL,
  "p_source_id" VARCHAR,
  "p_source_label" VARCHAR,
  "p_any_ip_addresses" VARCHAR[],
  "p_any_domain_names" VARCHAR[],
  "p_any_md5_hashes" VARCHAR[],
  "p_any_sha1_hashes" VARCHAR[],
  "p_any_sha256_hashes" VARCHAR[],
  "p_any_trace_ids" VARCHAR[],
  "p_any_aws_account_ids" VARCHAR[],
  "p_any_aws_instance_ids" VARCHAR[],
  "p_any_aws_arns" VARCHAR[],
  "p_any_aws_tags" VARCHAR[],
  "p_any_emails" VARCHAR[],
  "p_any_usernames" VARCHAR[],
  "p_any_actor_ids" VARCHAR[],
  "p_any_mac_addresses" VARCHAR[],
  "p_any_serial_numbers" VARCHAR[]
);
COMMENT ON TABLE "acme_login" IS 'Someone signed in, or tried to; that''s all.';
COMMENT ON COLUMN "acme_login"."id" IS 'Identifies the sign-in';
COMMENT ON COLUMN "acme_login"."at_sign_time" IS 'When it was, a|b';
COMMENT ON COLUMN "acme_login"."from" IS 'Jane''s place';
COMMENT ON COLUMN "acme_login"."p_log_type" IS 'The log type';
COMMENT ON COLUMN "acme_login"."p_row_id" IS 'Identifies the event; sorts by time';
COMMENT ON COLUMN "acme_login"."p_event_time" IS 'When the event was';
COMMENT ON COLUMN "acme_login"."p_parse_time" IS 'When the event was parsed';
COMMENT ON COLUMN "acme_login"."p_source_id" IS 'Identifies the source that the event was pulled from';
COMMENT ON COLUMN "acme_login"."p_source_label" IS 'The name of that source';
COMMENT ON COLUMN "acme_login"."p_any_ip_addresses" IS 'The ip addresses found in the event';
COMMENT ON COLUMN "acme_login"."p_any_domain_names" IS 'The domain names found in the event';
COMMENT ON COLUMN "acme_login"."p_any_md5_hashes" IS 'The md5 hashes found in the event';
COMMENT ON COLUMN "acme_login"."p_any_sha1_hashes" IS 'The sha1 hashes found in the event';
COMMENT ON COLUMN "acme_login"."p_any_sha256_hashes" IS 'The sha256 hashes found in the event';
COMMENT ON COLUMN "acme_login"."p_any_trace_ids" IS 'The trace ids found in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_account_ids" IS 'The aws account ids found in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_instance_ids" IS 'The aws instance ids found in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_arns" IS 'The aws arns found in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_tags" IS 'The aws tags found in the event';
COMMENT ON COLUMN "acme_login"."p_any_emails" IS 'The emails found in the event';
COMMENT ON COLUMN "acme_login"."p_any_usernames" IS 'The usernames found in the event';
COMMENT ON COLUMN "acme_login"."p_any_actor_ids" IS 'The actor ids found in the event';
COMMENT ON COLUMN "acme_login"."p_any_mac_addresses" IS 'The mac addresses found in the event';
COMMENT ON COLUMN "acme_login"."p_any_serial_numbers" IS 'The serial numbers found in the event';
