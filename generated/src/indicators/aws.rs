//! Amazon's identifiers: accounts, instances, and ARNs with what they hold.
//!
//! An ARN is `arn:partition:service:region:account:resource`; the resource may hold more colons
//! (AWS General Reference, "Amazon Resource Names").

use super::{IndicatorList, Indicators};

impl Indicators {
    pub(super) fn scan_aws_account_id(&mut self, text: &str) {
        let accepted = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        self.insert_if(accepted, IndicatorList::AwsAccountIds, text);
    }

    pub(super) fn scan_aws_instance_id(&mut self, text: &str) {
        self.insert_if(text.starts_with("i-"), IndicatorList::AwsInstanceIds, text);
    }

    pub(super) fn scan_aws_arn(&mut self, text: &str) {
        let Some((account, resource)) = account_and_resource(text) else {
            return;
        };
        self.insert(IndicatorList::AwsArns, text);
        self.scan_aws_account_id(account);
        if let Some(instance) = resource.strip_prefix("instance/") {
            self.scan_aws_instance_id(first_piece(instance));
        }
        let role = resource.strip_prefix("assumed-role/");
        if let Some((_, session)) = role.and_then(|role| role.split_once('/')) {
            let session = session.trim();
            self.insert_if(session.contains('@'), IndicatorList::Emails, session);
        }
    }

    pub(super) fn scan_aws_arn_only(&mut self, text: &str) {
        self.insert_if(account_and_resource(text).is_some(), IndicatorList::AwsArns, text);
    }
}

/// The fifth part of an ARN and all behind it. None if the text is no ARN.
fn account_and_resource(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':').skip(3);
    Some((parts.next()?, parts.next()?))
}

fn first_piece(path: &str) -> &str {
    path.split_once('/').map_or(path, |(first, _)| first)
}

#[cfg(test)]
mod tests {
    use crate::indicators::{Indicator, IndicatorList, found};

    const ACCOUNT: &str = "123456789012";

    #[test]
    fn an_arn_gives_what_it_holds() {
        for (arn, list, inner) in [
            ("arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b", IndicatorList::AwsInstanceIds, "i-0a1b"),
            ("arn:aws:ec2:us-east-1:123456789012:instance/i-0a1b/x", IndicatorList::AwsInstanceIds, "i-0a1b"),
            ("arn:aws:sts::123456789012:assumed-role/Admin/jo@example.com", IndicatorList::Emails, "jo@example.com"),
        ] {
            let mut expected = vec![
                (IndicatorList::AwsAccountIds, ACCOUNT.to_owned()),
                (IndicatorList::AwsArns, arn.to_owned()),
                (list, inner.to_owned()),
            ];
            expected.sort();
            assert_eq!(found(Indicator::AwsArn, arn), expected);
            let alone = vec![(IndicatorList::AwsArns, arn.to_owned())];
            assert_eq!(found(Indicator::AwsArnOnly, arn), alone);
        }
    }

    #[test]
    fn an_arn_may_hold_nothing_more() {
        for arn in [
            "arn:aws:s3:::bucket/key",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws-cn:logs:cn-north-1::log-group:a:b",
            "arn:aws:sts:::assumed-role/Admin/session",
            "arn:aws:sts:::assumed-role/jo@example.com",
            "arn:aws:ec2:::instance/mi-1",
        ] {
            let alone = vec![(IndicatorList::AwsArns, arn.to_owned())];
            assert_eq!(found(Indicator::AwsArn, arn), alone);
        }
    }

    #[test]
    fn all_else_is_no_arn() {
        for text in ["", "arn:", "arn:aws:s3:us:123456789012", "ARN:aws:s3:::b", " arn:aws:s3:::b"] {
            assert_eq!(found(Indicator::AwsArn, text), [], "{text}");
            assert_eq!(found(Indicator::AwsArnOnly, text), [], "{text}");
        }
    }

    #[test]
    fn accounts_and_instances() {
        let account = vec![(IndicatorList::AwsAccountIds, ACCOUNT.to_owned())];
        assert_eq!(found(Indicator::AwsAccountId, ACCOUNT), account);
        for text in ["12345678901", "1234567890123", "12345678901x", " 123456789012", "１２３４"] {
            assert_eq!(found(Indicator::AwsAccountId, text), [], "{text}");
        }
        let instance = vec![(IndicatorList::AwsInstanceIds, "i-0a1b".to_owned())];
        assert_eq!(found(Indicator::AwsInstanceId, "i-0a1b"), instance);
        assert_eq!(found(Indicator::AwsInstanceId, "I-0a1b"), []);
    }
}
