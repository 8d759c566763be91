//! Log type `OnePassword.ItemUsage`.
//!
//! Documentation of the vendor: <https://developer.1password.com/docs/events-api/reference/>
//!
//! @generated from `schemas/onepassword/item_usage.yml` by `cargo gen`. Edit the YAML instead.

use crate::indicators::Indicator;
use crate::json::{
    Declared, Error, Members, Places, ReadMembers, Reader, Text, Then, Values, debug,
    equal,
};
use crate::log_type::{Field, Kind, ParsedBy, Record, Schema};
use crate::time::{TimeFormat, Timestamp};

/// Someone used an item of a shared vault.
#[derive(Clone, Default)]
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
    /// Parses one event, a JSON object. Texts borrow from `input`.
    ///
    /// # Errors
    /// When `input` is not one JSON object, or not of this log type; the error names the place.
    pub fn parse(input: &'a [u8]) -> Result<Self, Error> {
        Reader::parse(input)
    }
}

impl<'a> ReadMembers<'a> for ItemUsage<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<10> = Members::new(&ITEM_USAGE_FIELDS);
        let mut places: Places<'_, 'a, 10> = [
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
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for ItemUsage<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 10> = [
            &self.uuid,
            &self.timestamp,
            &self.used_version,
            &self.vault_uuid,
            &self.item_uuid,
            &self.action,
            &self.user,
            &self.client,
            &self.location,
            &self.account_uuid,
        ];
        then(&ITEM_USAGE_FIELDS, &values);
    }

    fn sure_time(&self) -> Option<Timestamp> {
        Some(self.timestamp)
    }
}

impl PartialEq for ItemUsage<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for ItemUsage<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "ItemUsage", f)
    }
}

impl Record for ItemUsage<'_> {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn key(&self) -> Option<String> {
        Some(self.uuid.to_string())
    }
}

/// Log type `OnePassword.ItemUsage`, for programs that choose at run time.
pub const LOG_TYPE: ParsedBy = ParsedBy::json(
    &SCHEMA,
    |input, then| input.each::<ItemUsage<'_>>(then),
);

/// What the schema says.
pub const SCHEMA: Schema = Schema {
    log_type: "OnePassword.ItemUsage",
    description: "Someone used an item of a shared vault.",
    reference_url: "https://developer.1password.com/docs/events-api/reference/",
    fingerprint: "ea20ec74f2d0ab7e",
    fields: &ITEM_USAGE_FIELDS,
};

/// The fields of [`ItemUsage`].
static ITEM_USAGE_FIELDS: [Field; 10] = [
    Field::string("uuid").required().about("Identifies the event"),
    Field::timestamp("timestamp", &[TimeFormat::Rfc3339])
        .required()
        .event_time()
        .about("When it happened"),
    Field::bigint("used_version").about("Which version of the item it was"),
    Field::string("vault_uuid").about("Identifies the vault"),
    Field::string("item_uuid").about("Identifies the item"),
    Field::string("action")
        .about(
            "What was done with it, such as fill, secure-copy, reveal or server-fetch",
        ),
    Field::new("user", Kind::Object(&ITEM_USAGE_USER_FIELDS)).about("Who did it"),
    Field::new("client", Kind::Object(&ITEM_USAGE_CLIENT_FIELDS))
        .about("The 1Password program that was used"),
    Field::new("location", Kind::Object(&ITEM_USAGE_LOCATION_FIELDS))
        .about("Where that address is"),
    Field::string("account_uuid").about("Identifies the account that it belongs to"),
];

/// Who did it
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for ItemUsageUser<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&ITEM_USAGE_USER_FIELDS);
        let mut places: Places<'_, 'a, 5> = [
            &mut self.uuid,
            &mut self.name,
            &mut self.email,
            &mut self.user_type,
            &mut self.user_account_uuid,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for ItemUsageUser<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.uuid,
            &self.name,
            &self.email,
            &self.user_type,
            &self.user_account_uuid,
        ];
        then(&ITEM_USAGE_USER_FIELDS, &values);
    }
}

impl PartialEq for ItemUsageUser<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for ItemUsageUser<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "ItemUsageUser", f)
    }
}

/// The fields of [`ItemUsageUser`].
static ITEM_USAGE_USER_FIELDS: [Field; 5] = [
    Field::string("uuid")
        .indicators(&[Indicator::ActorId])
        .about("Identifies the person"),
    Field::string("name").indicators(&[Indicator::Username]).about("The person's name"),
    Field::string("email")
        .indicators(&[Indicator::Email])
        .about("The person's e-mail address"),
    Field::string("user_type")
        .about("Whether it is a member, or one of an external organisation"),
    Field::string("user_account_uuid").about("Identifies the account of the person"),
];

/// The 1Password program that was used
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for ItemUsageClient<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<7> = Members::new(&ITEM_USAGE_CLIENT_FIELDS);
        let mut places: Places<'_, 'a, 7> = [
            &mut self.app_name,
            &mut self.app_version,
            &mut self.platform_name,
            &mut self.platform_version,
            &mut self.os_name,
            &mut self.os_version,
            &mut self.ip_address,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for ItemUsageClient<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 7> = [
            &self.app_name,
            &self.app_version,
            &self.platform_name,
            &self.platform_version,
            &self.os_name,
            &self.os_version,
            &self.ip_address,
        ];
        then(&ITEM_USAGE_CLIENT_FIELDS, &values);
    }
}

impl PartialEq for ItemUsageClient<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for ItemUsageClient<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "ItemUsageClient", f)
    }
}

/// The fields of [`ItemUsageClient`].
static ITEM_USAGE_CLIENT_FIELDS: [Field; 7] = [
    Field::string("app_name").about("Its name"),
    Field::string("app_version").about("Its version"),
    Field::string("platform_name").about("What it runs in, such as the browser"),
    Field::string("platform_version")
        .about("The version of that, or the name of the computer"),
    Field::string("os_name").about("The operating system"),
    Field::string("os_version").about("The version of the operating system"),
    Field::string("ip_address")
        .indicators(&[Indicator::Ip])
        .about("The address that it connected from"),
];

/// Where that address is
#[derive(Clone, Default)]
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

impl<'a> ReadMembers<'a> for ItemUsageLocation<'a> {
    fn read_members(&mut self, reader: &mut Reader<'a>) -> Result<(), Error> {
        static MEMBERS: Members<5> = Members::new(&ITEM_USAGE_LOCATION_FIELDS);
        let mut places: Places<'_, 'a, 5> = [
            &mut self.country,
            &mut self.region,
            &mut self.city,
            &mut self.latitude,
            &mut self.longitude,
        ];
        MEMBERS.read(reader, &mut places)
    }
}

impl Declared for ItemUsageLocation<'_> {
    fn values(&self, then: &mut Then<'_>) {
        let values: Values<'_, 5> = [
            &self.country,
            &self.region,
            &self.city,
            &self.latitude,
            &self.longitude,
        ];
        then(&ITEM_USAGE_LOCATION_FIELDS, &values);
    }
}

impl PartialEq for ItemUsageLocation<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        equal(self, other)
    }
}

impl std::fmt::Debug for ItemUsageLocation<'_> {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self, "ItemUsageLocation", f)
    }
}

/// The fields of [`ItemUsageLocation`].
static ITEM_USAGE_LOCATION_FIELDS: [Field; 5] = [
    Field::string("country").about("The country, two letters"),
    Field::string("region").about("The region"),
    Field::string("city").about("The city"),
    Field::float("latitude").about("Degrees north"),
    Field::float("longitude").about("Degrees east"),
];
