package io.meshwright.bridge.reconciliation;

import io.meshwright.model.finding.MeshException;
import io.meshwright.model.fingerprint.ComparedColumn;
import io.meshwright.model.fingerprint.Handshake;
import io.meshwright.model.fingerprint.HashProfile;
import io.meshwright.model.fingerprint.LegacyDialect;
import io.meshwright.model.product.MigrationSpec.Profile;
import io.meshwright.model.reconciliation.ReconciliationRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static io.meshwright.model.finding.MeshException.Cause.USER;
import static java.util.Objects.requireNonNull;

/**
 * The hash by which rows are compared. None is believed before the server has hashed constants of all types in use as Java does.
 *
 * @param reason why it is another one than the database's own, in words; empty where it is that, or what was asked for
 */
record HashChoice(HashProfile profile, Optional<String> reason)
{
    HashChoice
    {
        requireNonNull(profile, "profile is null");
        requireNonNull(reason, "reason is null");
    }

    /**
     * @param hashed columns that rows are hashed of
     * @throws MeshException where the hash that is asked for cannot be had at all, or none
     */
    static HashChoice of(LegacySession session, Profile asked, String table, List<ComparedColumn> hashed)
    {
        return switch (asked) {
            case MD5 -> proven(session, HashProfile.MD5, hashed, Optional.empty());
            case SHA256 -> proven(session, HashProfile.SHA256, hashed, Optional.empty());
            case NATIVE, AUTO -> nativeOrMd5(session, asked, table, hashed);
        };
    }

    private static HashChoice nativeOrMd5(LegacySession session, Profile asked, String table, List<ComparedColumn> hashed)
    {
        LegacyDialect dialect = session.dialect();
        if (!dialect.hasNativeHash(session.majorVersion())) {
            String reason = "%s %s has no hash of rows that is reproduced here".formatted(dialect.name(), session.majorVersion());
            if (asked == Profile.NATIVE) {
                throw new MeshException(ReconciliationRule.PROFILE, USER, "Rows cannot be compared by native: " + reason, "choose auto, md5 or sha256");
            }
            return proven(session, HashProfile.MD5, hashed, Optional.of(reason));
        }
        Optional<String> refusal = dialect.refusal(HashProfile.NATIVE, hashed)
                .or(() -> dialect.nativeRefusals(table).flatMap(sql -> session.query(sql, rows -> rows.next() ? Optional.of(rows.text(1)) : Optional.empty())))
                .or(() -> handshake(session, HashProfile.NATIVE, hashed));
        return refusal.isEmpty() ? new HashChoice(HashProfile.NATIVE, Optional.empty()) : proven(session, HashProfile.MD5, hashed, refusal);
    }

    private static HashChoice proven(LegacySession session, HashProfile profile, List<ComparedColumn> hashed, Optional<String> reason)
    {
        session.dialect().refusal(profile, hashed).or(() -> handshake(session, profile, hashed)).ifPresent(refusal -> {
            throw new MeshException(ReconciliationRule.PROFILE, USER, "Rows cannot be compared by %s: %s".formatted(name(profile), refusal), "choose another profile, or write  compare: counts");
        });
        return new HashChoice(profile, reason);
    }

    /**
     * Why the server cannot be trusted to hash as Java does; empty where every answer was right.
     */
    static Optional<String> handshake(LegacySession session, HashProfile profile, List<ComparedColumn> hashed)
    {
        Handshake handshake = Handshake.of(session.dialect(), profile, hashed);
        try {
            return handshake.refusal(session.query(handshake.sql(), rows -> {
                List<Long> answers = new ArrayList<>();
                if (rows.next()) {
                    for (int column = 1; column <= handshake.probes().size(); column++) {
                        answers.add(rows.integer(column));
                    }
                }
                return answers;
            }));
        }
        catch (LegacyException e) {
            if (e.failure() == LegacyFailure.CONNECTION || e.failure() == LegacyFailure.TIMEOUT) {
                throw e;
            }
            return Optional.of("the server does not hash constants: " + e.getMessage());
        }
    }

    /**
     * For the report, where it is not simply what was asked for.
     */
    Optional<String> words()
    {
        return reason.map(text -> "profile: %s, because %s".formatted(name(profile), text));
    }

    private static String name(HashProfile profile)
    {
        return profile.name().toLowerCase(Locale.ROOT);
    }
}
