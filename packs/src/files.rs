//! The pack files compiled into the program. Reading a folder at build time would need a build script; a table and a
//! test that holds it to the folder say the same.

macro_rules! files {
    ($($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!("../", $path)))),*] };
}

/// Path below `packs/` and text, heads first.
pub const FILES: &[(&str, &str)] = files![
    "standards/pack.yaml",
    "registry/pack.yaml",
    "registry/lists.yaml",
    "registry/products.yaml",
    "registry/organisation.yaml",
    "registry/park.yaml",
    "registry/enterprise.yaml",
    "registry/children.yaml",
    "registry/support.yaml",
    "registry/support_more.yaml",
    "registry/fact_contest.yaml",
    "registry/indicators.yaml",
    "flow/pack.yaml",
    "flow/notice.yaml",
    "policy/pack.yaml",
    "policy/policy.yaml",
    "policy/version.yaml",
    "policy/indicators.yaml",
    "policy/synonyms.yaml",
    "claims/pack.yaml",
    "claims/budget.yaml",
    "claims/claim.yaml",
    "claims/award_run.yaml",
    "claims/payment.yaml",
    "claims/recovery.yaml",
    "claims/match_request.yaml",
    "claims/indicators.yaml",
];
