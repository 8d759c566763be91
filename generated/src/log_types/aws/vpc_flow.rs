//! Log type `AWS.VPCFlow`.
//!
//! Documentation of the vendor:
//! <https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html>
//!
//! @generated from `schemas/aws/vpc_flow.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{Declared, Error, Text, Then, Values, debug, equal};
use crate::log_type::{Field, ParsedBy, Record, Schema};
use crate::text;
use crate::time::{TimeFormat, Timestamp};

/// IP traffic to and from network interfaces of a VPC, one record for each flow and interval.
#[derive(Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct VpcFlow<'a> {
    /// The version of the record's format
    pub version: Option<i16>,
    /// The account that owns the network interface
    #[cfg_attr(feature = "serde", serde(rename = "account-id"))]
    pub account_id: Option<Text<'a>>,
    /// The network interface
    #[cfg_attr(feature = "serde", serde(rename = "interface-id"))]
    pub interface_id: Option<Text<'a>>,
    /// The source address, or that of the interface for outgoing traffic
    pub srcaddr: Option<Text<'a>>,
    /// The destination address, or that of the interface for incoming traffic
    pub dstaddr: Option<Text<'a>>,
    /// The source port
    pub srcport: Option<i32>,
    /// The destination port
    pub dstport: Option<i32>,
    /// The IANA number of the protocol
    pub protocol: Option<i16>,
    /// How many packets were sent
    pub packets: Option<i64>,
    /// How many bytes were sent
    pub bytes: Option<i64>,
    /// When the first packet of the interval was received
    pub start: Timestamp,
    /// When the last packet of the interval was received
    pub end: Option<Timestamp>,
    /// Whether the traffic was accepted: ACCEPT or REJECT
    pub action: Option<Text<'a>>,
    /// OK, NODATA, or SKIPDATA where records were lost
    #[cfg_attr(feature = "serde", serde(rename = "log-status"))]
    pub log_status: Option<Text<'a>>,
    /// The VPC of the network interface
    #[cfg_attr(feature = "serde", serde(rename = "vpc-id"))]
    pub vpc_id: Option<Text<'a>>,
    /// The subnet of the network interface
    #[cfg_attr(feature = "serde", serde(rename = "subnet-id"))]
    pub subnet_id: Option<Text<'a>>,
    /// The instance that the network interface is attached to
    #[cfg_attr(feature = "serde", serde(rename = "instance-id"))]
    pub instance_id: Option<Text<'a>>,
    /// The TCP flags that were seen, as a sum of bits
    #[cfg_attr(feature = "serde", serde(rename = "tcp-flags"))]
    pub tcp_flags: Option<i16>,
    /// The type of the traffic: `IPv4`, `IPv6` or EFA
    pub r#type: Option<Text<'a>>,
    /// The source address in the packets, before any translation
    #[cfg_attr(feature = "serde", serde(rename = "pkt-srcaddr"))]
    pub pkt_srcaddr: Option<Text<'a>>,
    /// The destination address in the packets, before any translation
    #[cfg_attr(feature = "serde", serde(rename = "pkt-dstaddr"))]
    pub pkt_dstaddr: Option<Text<'a>>,
    /// The region of the network interface
    pub region: Option<Text<'a>>,
    /// The availability zone of the network interface
    #[cfg_attr(feature = "serde", serde(rename = "az-id"))]
    pub az_id: Option<Text<'a>>,
    /// Where below the zone it is: wavelength, outpost or localzone
    #[cfg_attr(feature = "serde", serde(rename = "sublocation-type"))]
    pub sublocation_type: Option<Text<'a>>,
    /// Which of these it is
    #[cfg_attr(feature = "serde", serde(rename = "sublocation-id"))]
    pub sublocation_id: Option<Text<'a>>,
    /// The AWS service that the source address belongs to
    #[cfg_attr(feature = "serde", serde(rename = "pkt-src-aws-service"))]
    pub pkt_src_aws_service: Option<Text<'a>>,
    /// The AWS service that the destination address belongs to
    #[cfg_attr(feature = "serde", serde(rename = "pkt-dst-aws-service"))]
    pub pkt_dst_aws_service: Option<Text<'a>>,
    /// Seen from the network interface: ingress or egress
    #[cfg_attr(feature = "serde", serde(rename = "flow-direction"))]
    pub flow_direction: Option<Text<'a>>,
    /// The number of the path that outgoing traffic takes
    #[cfg_attr(feature = "serde", serde(rename = "traffic-path"))]
    pub traffic_path: Option<i16>,
    /// Why traffic was rejected: BPA for a block on public access
    #[cfg_attr(feature = "serde", serde(rename = "reject-reason"))]
    pub reject_reason: Option<Text<'a>>,
}

impl<'a> VpcFlow<'a> {
    /// How `start` is written.
    const START_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Unix];

    /// How `end` is written.
    const END_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Unix];

    /// Parses the next line of a stream; `None` where it is the header or no event. Texts borrow from `line`.
    ///
    /// `header` is empty at the start of each stream.
    ///
    /// # Errors
    /// When `line` is not of this log type; the error names the place.
    pub fn parse(
        header: &mut text::Header,
        line: &'a [u8],
    ) -> Result<Option<Self>, Error> {
        let Some(line) = header.line(line, "")? else { return Ok(None) };
        if header.take_first(line, ' ', OPTIONS, COLUMNS)? {
            return Ok(None);
        }
        Self::read(header, line).map(Some)
    }

    fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
        let pairs = PairsOfLine::read(header, line)?;
        Ok(Self {
            version: pairs.version.smallint().optional("version")?,
            account_id: pairs.account_id.string().optional("account-id")?,
            interface_id: pairs.interface_id.string().optional("interface-id")?,
            srcaddr: pairs.srcaddr.string().optional("srcaddr")?,
            dstaddr: pairs.dstaddr.string().optional("dstaddr")?,
            srcport: pairs.srcport.int().optional("srcport")?,
            dstport: pairs.dstport.int().optional("dstport")?,
            protocol: pairs.protocol.smallint().optional("protocol")?,
            packets: pairs.packets.bigint().optional("packets")?,
            bytes: pairs.bytes.bigint().optional("bytes")?,
            start: pairs.start.timestamp(VpcFlow::START_FORMATS).required("start")?,
            end: pairs.end.timestamp(VpcFlow::END_FORMATS).optional("end")?,
            action: pairs.action.string().optional("action")?,
            log_status: pairs.log_status.string().optional("log-status")?,
            vpc_id: pairs.vpc_id.string().optional("vpc-id")?,
            subnet_id: pairs.subnet_id.string().optional("subnet-id")?,
            instance_id: pairs.instance_id.string().optional("instance-id")?,
            tcp_flags: pairs.tcp_flags.smallint().optional("tcp-flags")?,
            r#type: pairs.r#type.string().optional("type")?,
            pkt_srcaddr: pairs.pkt_srcaddr.string().optional("pkt-srcaddr")?,
            pkt_dstaddr: pairs.pkt_dstaddr.string().optional("pkt-dstaddr")?,
            region: pairs.region.string().optional("region")?,
            az_id: pairs.az_id.string().optional("az-id")?,
            sublocation_type: pairs
                .sublocation_type
                .string()
                .optional("sublocation-type")?,
            sublocation_id: pairs.sublocation_id.string().optional("sublocation-id")?,
            pkt_src_aws_service: pairs
                .pkt_src_aws_service
                .string()
                .optional("pkt-src-aws-service")?,
            pkt_dst_aws_service: pairs
                .pkt_dst_aws_service
                .string()
                .optional("pkt-dst-aws-service")?,
            flow_direction: pairs.flow_direction.string().optional("flow-direction")?,
            traffic_path: pairs.traffic_path.smallint().optional("traffic-path")?,
            reject_reason: pairs.reject_reason.string().optional("reject-reason")?,
        })
    }
}

/// How values are taken from a line.
const OPTIONS: &text::Options<'static> = &text::Options {
    trim_space: false,
    empty_values: &["-"],
};

/// The columns that have a field; others are passed over.
const COLUMNS: &[&str] = &[
    "version",
    "account-id",
    "interface-id",
    "srcaddr",
    "dstaddr",
    "srcport",
    "dstport",
    "protocol",
    "packets",
    "bytes",
    "start",
    "end",
    "action",
    "log-status",
    "vpc-id",
    "subnet-id",
    "instance-id",
    "tcp-flags",
    "type",
    "pkt-srcaddr",
    "pkt-dstaddr",
    "region",
    "az-id",
    "sublocation-type",
    "sublocation-id",
    "pkt-src-aws-service",
    "pkt-dst-aws-service",
    "flow-direction",
    "traffic-path",
    "reject-reason",
];

/// What a line has for each field.
#[derive(Default)]
struct PairsOfLine<'a> {
    version: text::Value<'a>,
    /// `account-id`
    account_id: text::Value<'a>,
    /// `interface-id`
    interface_id: text::Value<'a>,
    srcaddr: text::Value<'a>,
    dstaddr: text::Value<'a>,
    srcport: text::Value<'a>,
    dstport: text::Value<'a>,
    protocol: text::Value<'a>,
    packets: text::Value<'a>,
    bytes: text::Value<'a>,
    start: text::Value<'a>,
    end: text::Value<'a>,
    action: text::Value<'a>,
    /// `log-status`
    log_status: text::Value<'a>,
    /// `vpc-id`
    vpc_id: text::Value<'a>,
    /// `subnet-id`
    subnet_id: text::Value<'a>,
    /// `instance-id`
    instance_id: text::Value<'a>,
    /// `tcp-flags`
    tcp_flags: text::Value<'a>,
    r#type: text::Value<'a>,
    /// `pkt-srcaddr`
    pkt_srcaddr: text::Value<'a>,
    /// `pkt-dstaddr`
    pkt_dstaddr: text::Value<'a>,
    region: text::Value<'a>,
    /// `az-id`
    az_id: text::Value<'a>,
    /// `sublocation-type`
    sublocation_type: text::Value<'a>,
    /// `sublocation-id`
    sublocation_id: text::Value<'a>,
    /// `pkt-src-aws-service`
    pkt_src_aws_service: text::Value<'a>,
    /// `pkt-dst-aws-service`
    pkt_dst_aws_service: text::Value<'a>,
    /// `flow-direction`
    flow_direction: text::Value<'a>,
    /// `traffic-path`
    traffic_path: text::Value<'a>,
    /// `reject-reason`
    reject_reason: text::Value<'a>,
}

impl<'a> PairsOfLine<'a> {
    fn read(header: &text::Header, line: &'a str) -> Result<Self, Error> {
        let [version, account_id, interface_id, srcaddr, dstaddr, srcport, dstport,
        protocol, packets, bytes, start, end, action, log_status, vpc_id, subnet_id,
        instance_id, tcp_flags, r#type, pkt_srcaddr, pkt_dstaddr, region, az_id,
        sublocation_type, sublocation_id, pkt_src_aws_service, pkt_dst_aws_service,
        flow_direction, traffic_path, reject_reason] = header
            .values(line, ' ', OPTIONS, |_, _| ())?;
        Ok(Self {
            version,
            account_id,
            interface_id,
            srcaddr,
            dstaddr,
            srcport,
            dstport,
            protocol,
            packets,
            bytes,
            start,
            end,
            action,
            log_status,
            vpc_id,
            subnet_id,
            instance_id,
            tcp_flags,
            r#type,
            pkt_srcaddr,
            pkt_dstaddr,
            region,
            az_id,
            sublocation_type,
            sublocation_id,
            pkt_src_aws_service,
            pkt_dst_aws_service,
            flow_direction,
            traffic_path,
            reject_reason,
        })
    }
}

impl Declared for VpcFlow<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 30> = [
            &self.version,
            &self.account_id,
            &self.interface_id,
            &self.srcaddr,
            &self.dstaddr,
            &self.srcport,
            &self.dstport,
            &self.protocol,
            &self.packets,
            &self.bytes,
            &self.start,
            &self.end,
            &self.action,
            &self.log_status,
            &self.vpc_id,
            &self.subnet_id,
            &self.instance_id,
            &self.tcp_flags,
            &self.r#type,
            &self.pkt_srcaddr,
            &self.pkt_dstaddr,
            &self.region,
            &self.az_id,
            &self.sublocation_type,
            &self.sublocation_id,
            &self.pkt_src_aws_service,
            &self.pkt_dst_aws_service,
            &self.flow_direction,
            &self.traffic_path,
            &self.reject_reason,
        ];
        then(&VPC_FLOW_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.start)
    }
}

impl PartialEq for VpcFlow<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for VpcFlow<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "VpcFlow", f)
    }
}

impl Record for VpcFlow<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }
}

/// Log type `AWS.VPCFlow`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::after_header(
    &SCHEMA,
    |header, line, then| {
        VpcFlow::parse(header, line)
            .map(|record| record.iter().for_each(|record| then(record)))
    },
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "AWS.VPCFlow",
    description: "IP traffic to and from network interfaces of a VPC, one record for each flow and interval.",
    reference_url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html",
    fingerprint: "f81695346f14ace7",
    fields: &VPC_FLOW_FIELDS,
};

/// The fields of [`VpcFlow`].
static VPC_FLOW_FIELDS: [Field; 30] = [
    Field::smallint("version").about("The version of the record's format"),
    Field::string("account-id")
        .indicators(&[Indicator::AwsAccountId])
        .about("The account that owns the network interface"),
    Field::string("interface-id").about("The network interface"),
    Field::string("srcaddr")
        .indicators(&[Indicator::Ip])
        .about("The source address, or that of the interface for outgoing traffic"),
    Field::string("dstaddr")
        .indicators(&[Indicator::Ip])
        .about("The destination address, or that of the interface for incoming traffic"),
    Field::int("srcport").about("The source port"),
    Field::int("dstport").about("The destination port"),
    Field::smallint("protocol").about("The IANA number of the protocol"),
    Field::bigint("packets").about("How many packets were sent"),
    Field::bigint("bytes").about("How many bytes were sent"),
    Field::timestamp("start", VpcFlow::START_FORMATS)
        .required()
        .event_time()
        .about("When the first packet of the interval was received"),
    Field::timestamp("end", VpcFlow::END_FORMATS)
        .about("When the last packet of the interval was received"),
    Field::string("action").about("Whether the traffic was accepted: ACCEPT or REJECT"),
    Field::string("log-status").about("OK, NODATA, or SKIPDATA where records were lost"),
    Field::string("vpc-id").about("The VPC of the network interface"),
    Field::string("subnet-id").about("The subnet of the network interface"),
    Field::string("instance-id")
        .indicators(&[Indicator::AwsInstanceId])
        .about("The instance that the network interface is attached to"),
    Field::smallint("tcp-flags").about("The TCP flags that were seen, as a sum of bits"),
    Field::string("type").about("The type of the traffic: IPv4, IPv6 or EFA"),
    Field::string("pkt-srcaddr")
        .indicators(&[Indicator::Ip])
        .about("The source address in the packets, before any translation"),
    Field::string("pkt-dstaddr")
        .indicators(&[Indicator::Ip])
        .about("The destination address in the packets, before any translation"),
    Field::string("region").about("The region of the network interface"),
    Field::string("az-id").about("The availability zone of the network interface"),
    Field::string("sublocation-type")
        .about("Where below the zone it is: wavelength, outpost or localzone"),
    Field::string("sublocation-id").about("Which of these it is"),
    Field::string("pkt-src-aws-service")
        .about("The AWS service that the source address belongs to"),
    Field::string("pkt-dst-aws-service")
        .about("The AWS service that the destination address belongs to"),
    Field::string("flow-direction")
        .about("Seen from the network interface: ingress or egress"),
    Field::smallint("traffic-path")
        .about("The number of the path that outgoing traffic takes"),
    Field::string("reject-reason")
        .about("Why traffic was rejected: BPA for a block on public access"),
];
