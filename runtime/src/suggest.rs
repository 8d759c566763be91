//! "Did you mean …?": the known name nearest to a misspelled one.

/// The nearest of `known` to `name`, when it is near enough to be a slip.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean X?`, or else `; there is A, B and C`, to end a message about an unknown name.
pub(crate) fn hint<'k>(name: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> String {
    if let Some(near) = nearest(name, known.clone()) {
        return format!("; did you mean `{near}`?");
    }
    let names: Vec<_> = known.into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { String::new() } else { format!("; there is {}", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_finds_the_list() {
        assert_eq!(hint("Zendesk.Audi", ["Zendesk.Audit"]), "; did you mean `Zendesk.Audit`?");
        assert_eq!(hint("zendesk.audit", ["Zendesk.Audit"]), "; did you mean `Zendesk.Audit`?");
        assert_eq!(hint("qqqqqq", ["state", "sources"]), "; there is `state`, `sources`");
    }
}
