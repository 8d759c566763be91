//! Log type `OnePassword.ItemUsage`.
//!
//! Documentation of the vendor: <https://developer.1password.com/docs/events-api/reference/>
//!
//! @generated from `schemas/onepassword/item_usage.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::{Indicator, Indicators};
use crate::json::{Error, Member, Members, ObjectWriter, ReadMembers, Reader, Text};
use crate::log_type::{Field, Kind, Object, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// Someone used an item of a shared vault.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct ItemUsage<'a> {
    /// Identifies the event
    pub uuid: Text<'a>,
    /// When it happened
    pub timestamp: Timestamp,
    /// Which version of the item it was
    pub used_version: Option<i64>,
    /// Identifies the vault
    pub vault_uuid: Option<Text<'a>>,
    /// Identifies the item
    pub item_uuid: Option<Text<'a>>,
    /// What was done with it, such as fill, secure-copy, reveal or server-fetch
    pub action: Option<Text<'a>>,
    /// Who did it
    pub user: Option<ItemUsageUser<'a>>,
    /// The 1Password program that was used
    pub client: Option<ItemUsageClient<'a>>,
    /// Where that address is
    pub location: Option<ItemUsageLocation<'a>>,
    /// Identifies the account that it belongs to
    pub account_uuid: Option<Text<'a>>,
}

impl<'a> ItemUsage<'a> {
    /// How `timestamp` is written.
    const TIMESTAMP_FORMATS: &'static [TimeFormat<'static>] = &[TimeFormat::Rfc3339];

    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl Object for ItemUsage<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.time("timestamp", &self.timestamp, ItemUsage::TIMESTAMP_FORMATS);
        object.field("used_version", &self.used_version);
        object.field("vault_uuid", &self.vault_uuid);
        object.field("item_uuid", &self.item_uuid);
        object.field("action", &self.action);
        object.field("user", &self.user);
        object.field("client", &self.client);
        object.field("location", &self.location);
        object.field("account_uuid", &self.account_uuid);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        if let Some(object) = &self.user {
            object.collect_indicators(indicators);
        }
        if let Some(object) = &self.client {
            object.collect_indicators(indicators);
        }
    }

    fn event_time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

impl Record for ItemUsage<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }

    fn time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

/// Log type `OnePassword.ItemUsage`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| { input.parse::<ItemUsage<'_>>().map(|record| then(&record)) },
);

/// The members of [`ItemUsage`].
static ITEM_USAGE_MEMBERS: Members<10> = Members::new([
    Member::new(",\"uuid\":").required(),
    Member::new(",\"timestamp\":").times(ItemUsage::TIMESTAMP_FORMATS).required(),
    Member::new(",\"used_version\":"),
    Member::new(",\"vault_uuid\":"),
    Member::new(",\"item_uuid\":"),
    Member::new(",\"action\":"),
    Member::new(",\"user\":"),
    Member::new(",\"client\":"),
    Member::new(",\"location\":"),
    Member::new(",\"account_uuid\":"),
]);

impl<'a> ReadMembers<'a> for ItemUsage<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        ITEM_USAGE_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.uuid,
                    &mut self.timestamp,
                    &mut self.used_version,
                    &mut self.vault_uuid,
                    &mut self.item_uuid,
                    &mut self.action,
                    &mut self.user,
                    &mut self.client,
                    &mut self.location,
                    &mut self.account_uuid,
                ],
            )
    }
}

/// Who did it
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct ItemUsageUser<'a> {
    /// Identifies the person
    pub uuid: Option<Text<'a>>,
    /// The person's name
    pub name: Option<Text<'a>>,
    /// The person's e-mail address
    pub email: Option<Text<'a>>,
    /// Whether it is a member, or one of an external organisation
    pub user_type: Option<Text<'a>>,
    /// Identifies the account of the person
    pub user_account_uuid: Option<Text<'a>>,
}

impl Object for ItemUsageUser<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("uuid", &self.uuid);
        object.field("name", &self.name);
        object.field("email", &self.email);
        object.field("user_type", &self.user_type);
        object.field("user_account_uuid", &self.user_account_uuid);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::ActorId, &self.uuid);
        indicators.collect(Indicator::Username, &self.name);
        indicators.collect(Indicator::Email, &self.email);
    }
}

/// The members of [`ItemUsageUser`].
static ITEM_USAGE_USER_MEMBERS: Members<5> = Members::new([
    Member::new(",\"uuid\":"),
    Member::new(",\"name\":"),
    Member::new(",\"email\":"),
    Member::new(",\"user_type\":"),
    Member::new(",\"user_account_uuid\":"),
]);

impl<'a> ReadMembers<'a> for ItemUsageUser<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        ITEM_USAGE_USER_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.uuid,
                    &mut self.name,
                    &mut self.email,
                    &mut self.user_type,
                    &mut self.user_account_uuid,
                ],
            )
    }
}

/// The 1Password program that was used
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct ItemUsageClient<'a> {
    /// Its name
    pub app_name: Option<Text<'a>>,
    /// Its version
    pub app_version: Option<Text<'a>>,
    /// What it runs in, such as the browser
    pub platform_name: Option<Text<'a>>,
    /// The version of that, or the name of the computer
    pub platform_version: Option<Text<'a>>,
    /// The operating system
    pub os_name: Option<Text<'a>>,
    /// The version of the operating system
    pub os_version: Option<Text<'a>>,
    /// The address that it connected from
    pub ip_address: Option<Text<'a>>,
}

impl Object for ItemUsageClient<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("app_name", &self.app_name);
        object.field("app_version", &self.app_version);
        object.field("platform_name", &self.platform_name);
        object.field("platform_version", &self.platform_version);
        object.field("os_name", &self.os_name);
        object.field("os_version", &self.os_version);
        object.field("ip_address", &self.ip_address);
    }

    fn collect_indicators(&self, indicators: &mut Indicators) {
        indicators.collect(Indicator::Ip, &self.ip_address);
    }
}

/// The members of [`ItemUsageClient`].
static ITEM_USAGE_CLIENT_MEMBERS: Members<7> = Members::new([
    Member::new(",\"app_name\":"),
    Member::new(",\"app_version\":"),
    Member::new(",\"platform_name\":"),
    Member::new(",\"platform_version\":"),
    Member::new(",\"os_name\":"),
    Member::new(",\"os_version\":"),
    Member::new(",\"ip_address\":"),
]);

impl<'a> ReadMembers<'a> for ItemUsageClient<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        ITEM_USAGE_CLIENT_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.app_name,
                    &mut self.app_version,
                    &mut self.platform_name,
                    &mut self.platform_version,
                    &mut self.os_name,
                    &mut self.os_version,
                    &mut self.ip_address,
                ],
            )
    }
}

/// Where that address is
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(bound(deserialize = "'de: 'a")))]
pub struct ItemUsageLocation<'a> {
    /// The country, two letters
    pub country: Option<Text<'a>>,
    /// The region
    pub region: Option<Text<'a>>,
    /// The city
    pub city: Option<Text<'a>>,
    /// Degrees north
    pub latitude: Option<f64>,
    /// Degrees east
    pub longitude: Option<f64>,
}

impl Object for ItemUsageLocation<'_> {
    fn write_fields(&self, object: &mut ObjectWriter<'_>) {
        object.field("country", &self.country);
        object.field("region", &self.region);
        object.field("city", &self.city);
        object.field("latitude", &self.latitude);
        object.field("longitude", &self.longitude);
    }
}

/// The members of [`ItemUsageLocation`].
static ITEM_USAGE_LOCATION_MEMBERS: Members<5> = Members::new([
    Member::new(",\"country\":"),
    Member::new(",\"region\":"),
    Member::new(",\"city\":"),
    Member::new(",\"latitude\":"),
    Member::new(",\"longitude\":"),
]);

impl<'a> ReadMembers<'a> for ItemUsageLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        ITEM_USAGE_LOCATION_MEMBERS
            .read(
                reader,
                &mut [
                    &mut self.country,
                    &mut self.region,
                    &mut self.city,
                    &mut self.latitude,
                    &mut self.longitude,
                ],
            )
    }
}

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "OnePassword.ItemUsage",
    description: "Someone used an item of a shared vault.",
    reference_url: "https://developer.1password.com/docs/events-api/reference/",
    fingerprint: "ea20ec74f2d0ab7e",
    fields: &[
        Field::new("uuid", Kind::String, "Identifies the event").required(),
        Field::new(
                "timestamp",
                Kind::Timestamp(ItemUsage::TIMESTAMP_FORMATS),
                "When it happened",
            )
            .required()
            .event_time(),
        Field::new("used_version", Kind::BigInt, "Which version of the item it was"),
        Field::new("vault_uuid", Kind::String, "Identifies the vault"),
        Field::new("item_uuid", Kind::String, "Identifies the item"),
        Field::new(
            "action",
            Kind::String,
            "What was done with it, such as fill, secure-copy, reveal or server-fetch",
        ),
        Field::new("user", Kind::Object(ITEM_USAGE_USER_FIELDS), "Who did it"),
        Field::new(
            "client",
            Kind::Object(ITEM_USAGE_CLIENT_FIELDS),
            "The 1Password program that was used",
        ),
        Field::new(
            "location",
            Kind::Object(ITEM_USAGE_LOCATION_FIELDS),
            "Where that address is",
        ),
        Field::new(
            "account_uuid",
            Kind::String,
            "Identifies the account that it belongs to",
        ),
    ],
};

/// The fields of [`ItemUsageUser`].
const ITEM_USAGE_USER_FIELDS: &[Field] = &[
    Field::new("uuid", Kind::String, "Identifies the person")
        .indicators(&[Indicator::ActorId]),
    Field::new("name", Kind::String, "The person's name")
        .indicators(&[Indicator::Username]),
    Field::new("email", Kind::String, "The person's e-mail address")
        .indicators(&[Indicator::Email]),
    Field::new(
        "user_type",
        Kind::String,
        "Whether it is a member, or one of an external organisation",
    ),
    Field::new("user_account_uuid", Kind::String, "Identifies the account of the person"),
];

/// The fields of [`ItemUsageClient`].
const ITEM_USAGE_CLIENT_FIELDS: &[Field] = &[
    Field::new("app_name", Kind::String, "Its name"),
    Field::new("app_version", Kind::String, "Its version"),
    Field::new("platform_name", Kind::String, "What it runs in, such as the browser"),
    Field::new(
        "platform_version",
        Kind::String,
        "The version of that, or the name of the computer",
    ),
    Field::new("os_name", Kind::String, "The operating system"),
    Field::new("os_version", Kind::String, "The version of the operating system"),
    Field::new("ip_address", Kind::String, "The address that it connected from")
        .indicators(&[Indicator::Ip]),
];

/// The fields of [`ItemUsageLocation`].
const ITEM_USAGE_LOCATION_FIELDS: &[Field] = &[
    Field::new("country", Kind::String, "The country, two letters"),
    Field::new("region", Kind::String, "The region"),
    Field::new("city", Kind::String, "The city"),
    Field::new("latitude", Kind::Float, "Degrees north"),
    Field::new("longitude", Kind::Float, "Degrees east"),
];
