-- Acme.Odd: events in the profile `lake`
-- at_sign_timestamp is the key "@timestamp"
-- a_b is the key "a.b"
-- it_apostrophe_s__x__ is the key "it's \"x\"\u001b"
-- back_backslash_slash_backtick_backtick is the key "back\\slash``"
-- o_o is the key "o.o"
-- o_o.at_sign_t is the key "@t"
-- o_o.raw_x is the key "raw.x"
-- o_o.l_l is the key "l:l"
-- o_o.l_l.x_y is the key "x y"
CREATE TABLE "acme_odd" (
  "at_sign_timestamp" TIMESTAMP_NS NOT NULL,
  "a-b" VARCHAR,
  "a_b" BIGINT,
  "e0" DOUBLE,
  "it_apostrophe_s__x__" BOOLEAN,
  "back_backslash_slash_backtick_backtick" VARCHAR,
  "raw" VARCHAR,
  "raws" VARCHAR[],
  "grid" INTEGER[][],
  "o_o" STRUCT("user-agent" VARCHAR, "at_sign_t" TIMESTAMP_NS, "raw_x" VARCHAR, "l_l" STRUCT("x_y" INTEGER, "z" VARCHAR[])[]),
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
COMMENT ON TABLE "acme_odd" IS 'Names and texts that <script>alert(1)</script> no page and \u{1b}[2J no terminal may act on.';
COMMENT ON COLUMN "acme_odd"."at_sign_timestamp" IS 'When | it *was*';
COMMENT ON COLUMN "acme_odd"."a-b" IS '`<b>` & \u{1b}]0;x';
COMMENT ON COLUMN "acme_odd"."p_log_type" IS 'The log type';
COMMENT ON COLUMN "acme_odd"."p_row_id" IS 'Identifies the event; sorts by time';
COMMENT ON COLUMN "acme_odd"."p_event_time" IS 'When the event was';
COMMENT ON COLUMN "acme_odd"."p_parse_time" IS 'When the event was parsed';
COMMENT ON COLUMN "acme_odd"."p_source_id" IS 'Identifies the source that the event was pulled from';
COMMENT ON COLUMN "acme_odd"."p_source_label" IS 'The name of that source';
COMMENT ON COLUMN "acme_odd"."p_any_ip_addresses" IS 'The ip addresses found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_domain_names" IS 'The domain names found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_md5_hashes" IS 'The md5 hashes found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_sha1_hashes" IS 'The sha1 hashes found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_sha256_hashes" IS 'The sha256 hashes found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_trace_ids" IS 'The trace ids found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_aws_account_ids" IS 'The aws account ids found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_aws_instance_ids" IS 'The aws instance ids found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_aws_arns" IS 'The aws arns found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_aws_tags" IS 'The aws tags found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_emails" IS 'The emails found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_usernames" IS 'The usernames found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_actor_ids" IS 'The actor ids found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_mac_addresses" IS 'The mac addresses found in the event';
COMMENT ON COLUMN "acme_odd"."p_any_serial_numbers" IS 'The serial numbers found in the event';
