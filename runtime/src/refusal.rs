//! What a refusal means and what to do about it: the contract's words where it has some, else general ones.

use logwright::contract::Refusal;

use crate::account::Account;
use crate::http::Reply;

/// What a refused request for records means.
pub(crate) fn of_records(account: &Account, reply: &Reply) -> String {
    let host = account.base_url.host_str().unwrap_or_default();
    from_contract(account, reply, |_| true).unwrap_or_else(|| match reply.status {
        300..=399 => format!("a redirect is not followed; check that {host} is your account's host"),
        401 => format!("check the credentials of `{}`, and that they belong to {host}", account.sign_in.method),
        403 => "check the scope of the token, the role of the user, the plan of the account, and its list of allowed IP addresses".to_owned(),
        404 => format!("check that {host} is your account's host, and that its plan includes this log"),
        _ => format!("see {}", account.source.documentation),
    })
}

/// What a refused request for a token means. The body decides before the status, since servers differ in the latter.
pub(crate) fn of_sign_in(account: &Account, scope: &str, reply: &Reply) -> String {
    let (title, host) = (account.source.title, account.base_url.host_str().unwrap_or_default());
    let body = String::from_utf8_lossy(&reply.body);
    // A refusal of the contract that fits every body speaks of records.
    from_contract(account, reply, |refusal| !refusal.contains.is_empty()).unwrap_or_else(|| {
        if body.contains("invalid_grant") && account.sign_in.needs_browser() {
            "the code or the refresh token has been used before, has expired or was revoked; authorise again in the browser".to_owned()
        } else if body.contains("invalid_scope") {
            format!("the OAuth client may not have the scope `{scope}`; allow it at {title}")
        } else if body.contains("unauthorized_client") {
            format!("the OAuth client may not sign in as itself; make it a confidential client at {title}")
        } else if reply.status == 404 || (300..400).contains(&reply.status) {
            format!("there is no sign-in at {host}; check `inputs` and `base_url`")
        } else {
            format!("check the credentials of `{}`, and that they belong to {host}", account.sign_in.method)
        }
    })
}

/// The first refusal of the contract that fits, of those that are `meant`.
fn from_contract(account: &Account, reply: &Reply, meant: impl Fn(&Refusal) -> bool) -> Option<String> {
    let (body, method) = (String::from_utf8_lossy(&reply.body), account.sign_in.method);
    let fits = |refusal: &&Refusal| {
        refusal.status == reply.status
            && (refusal.method.is_empty() || refusal.method == method)
            && body.contains(refusal.contains)
            && meant(refusal)
    };
    let refusal = account.source.refusals.iter().find(fits)?;
    Some(format!("{}; {}", refusal.means, refusal.remedy))
}
