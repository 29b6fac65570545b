package io.meshwright.model.fingerprint;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * One question that shows whether a server hashes as Java does, before a hash of it is believed: constants of all types that are compared, each as a row of its own,
 * and all together as one row.
 *
 * @param sql gives one row of 64-bit integers
 * @param probes what the integers must be
 */
public record Handshake(String sql, List<Probe> probes)
{
    /**
     * @param value a constant in words, never a value of a table
     */
    public record Probe(String value, long expected) {}

    public Handshake
    {
        requireNonNull(sql, "sql is null");
        probes = ImmutableList.copyOf(probes);
    }

    /**
     * @param columns that are compared; at least one is hashed
     */
    public static Handshake of(LegacyDialect dialect, HashProfile profile, List<ComparedColumn> columns)
    {
        // texts in any case: not every database has a constant of each type, and a digest is one of a text
        Set<Kind> kinds = Stream.concat(columns.stream().map(column -> column.type().kind()).filter(Kind::isHashed), Stream.of(Kind.TEXT)).collect(toImmutableSet());
        List<String> expressions = new ArrayList<>();
        ImmutableList.Builder<Probe> probes = ImmutableList.builder();
        List<ComparedColumn> row = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (GoldenVector vector : GoldenVector.all()) {
            Optional<ComparedColumn> constant = kinds.contains(vector.type().kind()) ? dialect.constant(vector.type(), vector.value()) : Optional.empty();
            if (constant.isEmpty()) {
                continue;
            }
            List<ComparedColumn> single = List.of(constant.orElseThrow());
            List<Object> value = new ArrayList<>();
            value.add(CanonicalText.parse(vector.type(), vector.text().orElse(null)));
            expressions.add(dialect.rowHashSql(profile, single));
            probes.add(new Probe("%s %s".formatted(vector.type().kind().name().toLowerCase(Locale.ROOT), vector.value().orElse("NULL")), dialect.rowHash(profile, single).hash(value)));
            row.addAll(single);
            values.addAll(value);
        }
        checkArgument(!row.isEmpty(), "No constant of %s is known", kinds);
        expressions.add(dialect.rowHashSql(profile, row));
        probes.add(new Probe("a row of all of them", dialect.rowHash(profile, row).hash(values)));
        return new Handshake(dialect.selectSql(expressions), probes.build());
    }

    /**
     * Why the profile cannot be used with this server, in words; empty where every answer is right.
     *
     * @param answers of the one row, in its order; null where the server gave none
     */
    public Optional<String> refusal(List<Long> answers)
    {
        if (answers.size() != probes.size()) {
            return Optional.of("the server gives %s answers to %s questions".formatted(answers.size(), probes.size()));
        }
        for (int index = 0; index < answers.size(); index++) {
            Probe probe = probes.get(index);
            if (answers.get(index) == null || answers.get(index) != probe.expected()) {
                return Optional.of("the server hashes %s to %s and Java to %d".formatted(probe.value(), answers.get(index), probe.expected()));
            }
        }
        return Optional.empty();
    }
}
