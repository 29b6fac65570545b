package io.meshwright.model.contract;

import io.meshwright.model.finding.SourceLocation;

/**
 * Something in a contract that is understood but not verified, with the reason: it is always reported, never dropped.
 *
 * @param path the place in the contract
 */
public record NotChecked(String path, String reason, SourceLocation source) {}
