-- Acme.Login: events in the profile `lake`
CREATE TABLE "acme_login" (
  "id" BIGINT NOT NULL,
  "at_sign_time" TIMESTAMP_NS NOT NULL,
  "ip" VARCHAR,
  "action" VARCHAR,
  "tries" SMALLINT,
  "port" INTEGER,
  "mfa" BOOLEAN,
  "tags" VARCHAR[] NOT NULL,
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
COMMENT ON COLUMN "acme_login"."p_any_ip_addresses" IS 'Every one of the ip addresses in the event';
COMMENT ON COLUMN "acme_login"."p_any_domain_names" IS 'Every one of the domain names in the event';
COMMENT ON COLUMN "acme_login"."p_any_md5_hashes" IS 'Every one of the md5 hashes in the event';
COMMENT ON COLUMN "acme_login"."p_any_sha1_hashes" IS 'Every one of the sha1 hashes in the event';
COMMENT ON COLUMN "acme_login"."p_any_sha256_hashes" IS 'Every one of the sha256 hashes in the event';
COMMENT ON COLUMN "acme_login"."p_any_trace_ids" IS 'Every one of the trace ids in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_account_ids" IS 'Every one of the aws account ids in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_instance_ids" IS 'Every one of the aws instance ids in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_arns" IS 'Every one of the aws arns in the event';
COMMENT ON COLUMN "acme_login"."p_any_aws_tags" IS 'Every one of the aws tags in the event';
COMMENT ON COLUMN "acme_login"."p_any_emails" IS 'Every one of the emails in the event';
COMMENT ON COLUMN "acme_login"."p_any_usernames" IS 'Every one of the usernames in the event';
COMMENT ON COLUMN "acme_login"."p_any_actor_ids" IS 'Every one of the actor ids in the event';
COMMENT ON COLUMN "acme_login"."p_any_mac_addresses" IS 'Every one of the mac addresses in the event';
COMMENT ON COLUMN "acme_login"."p_any_serial_numbers" IS 'Every one of the serial numbers in the event';
