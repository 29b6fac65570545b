package io.meshwright.model.fingerprint;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.check.ReadOnlyExpression;
import io.meshwright.model.fingerprint.ComparedType.Kind;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * Whether and how a column of the product and a legacy column can be compared.
 *
 * @param column empty where they cannot
 * @param notes what is lost by it, in words for the report
 * @param reason why they cannot be compared, in words for the report
 */
public record ColumnMatch(Optional<ComparedColumn> column, List<String> notes, Optional<String> reason)
{
    private static final Set<Kind> NUMBERS = Set.of(Kind.INTEGER, Kind.DECIMAL, Kind.REAL, Kind.DOUBLE);
    private static final Set<Kind> TEXTS = Set.of(Kind.TEXT, Kind.CHAR);

    public ColumnMatch
    {
        requireNonNull(column, "column is null");
        notes = ImmutableList.copyOf(notes);
        requireNonNull(reason, "reason is null");
    }

    static ColumnMatch of(LegacyDialect dialect, String column, ReadOnlyExpression legacy, LegacyType legacyType, String iceberg, Optional<ZoneId> zone)
    {
        Optional<ComparedType> product = ComparedType.ofIceberg(iceberg);
        if (product.isEmpty()) {
            return refused("the product's type " + iceberg + " has no form that both sides could give");
        }
        Optional<ComparedType> other = dialect.comparedType(legacyType);
        if (other.isEmpty()) {
            return refused("the legacy type " + legacyType + " is not compared; name an expression of another type below columns:");
        }
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        Optional<ComparedType> type = meet(product.orElseThrow(), other.orElseThrow(), notes);
        if (type.isEmpty()) {
            return refused("the product's type " + iceberg + " and the legacy type " + legacyType + " have no values in common; name an expression of another type below columns:");
        }
        boolean converted = isClock(product.orElseThrow().kind()) && isClock(other.orElseThrow().kind()) && product.orElseThrow().kind() != other.orElseThrow().kind();
        if (converted && zone.isEmpty()) {
            return refused("one of the product's type " + iceberg + " and the legacy type " + legacyType + " has no time zone; declare zone: below window:");
        }
        if (converted && !dialect.knowsZone(zone.orElseThrow())) {
            return refused("%s cannot be asked for the clock of %s; name an expression in UTC below columns:".formatted(dialect.name(), zone.orElseThrow().getId()));
        }
        if (dialect.isEmptyNull() && TEXTS.contains(product.orElseThrow().kind())) {
            notes.add("the empty text is NULL on both sides, as %s has it".formatted(dialect.name()));
        }
        return new ColumnMatch(
                Optional.of(new ComparedColumn(column, legacy, legacyType, product.orElseThrow(), type.orElseThrow(), converted ? zone : Optional.empty(), dialect.isEmptyNull())),
                notes.build(),
                Optional.empty());
    }

    private static Optional<ComparedType> meet(ComparedType product, ComparedType legacy, ImmutableList.Builder<String> notes)
    {
        Kind kind = product.kind();
        Kind other = legacy.kind();
        if (NUMBERS.contains(kind) && NUMBERS.contains(other)) {
            return Optional.of(number(product, legacy, notes));
        }
        if (isClock(kind) && isClock(other) || kind == Kind.TIME && other == Kind.TIME) {
            return Optional.of(new ComparedType(kind, digits(product, legacy, notes)));
        }
        if (kind == other) {
            return Optional.of(product);
        }
        if (kind == Kind.DATE && other == Kind.TIMESTAMP) {
            return Optional.of(new ComparedType(Kind.TIMESTAMP, Math.min(legacy.precision(), ComparedType.MICROSECONDS)));
        }
        if (kind == Kind.TIMESTAMP && other == Kind.DATE) {
            return Optional.of(product);
        }
        if (TEXTS.contains(kind) && TEXTS.contains(other)) {
            return Optional.of(ComparedType.of(Kind.CHAR));
        }
        if (kind == Kind.UUID && TEXTS.contains(other) || TEXTS.contains(kind) && other == Kind.UUID) {
            return Optional.of(ComparedType.of(Kind.UUID));
        }
        if (kind == Kind.BOOLEAN && (other == Kind.INTEGER || other == Kind.DECIMAL && legacy.precision() == 0)) {
            notes.add("true is compared as 1, false as 0");
            return Optional.of(legacy);
        }
        return Optional.empty();
    }

    private static ComparedType number(ComparedType product, ComparedType legacy, ImmutableList.Builder<String> notes)
    {
        if (product.kind() == Kind.INTEGER && legacy.kind() == Kind.INTEGER) {
            return product;
        }
        if (!product.kind().isHashed() || !legacy.kind().isHashed()) {
            return ComparedType.of(product.kind() == Kind.REAL || legacy.kind() == Kind.REAL ? Kind.REAL : Kind.DOUBLE);
        }
        int scale = Math.min(product.precision(), legacy.precision());
        if (product.precision() != legacy.precision()) {
            notes.add("scale drop: the product has %d digits after the point, the legacy column %s; %d are compared, rounded half up".formatted(
                    product.precision(), legacy.precision() == ComparedType.ANY_SCALE ? "any number" : legacy.precision(), scale));
        }
        return new ComparedType(Kind.DECIMAL, scale);
    }

    private static int digits(ComparedType product, ComparedType legacy, ImmutableList.Builder<String> notes)
    {
        int digits = Math.min(product.precision(), legacy.precision());
        if (product.precision() != legacy.precision()) {
            notes.add("precision truncated: the product has %d digits of a second, the legacy column %d; %d are compared".formatted(product.precision(), legacy.precision(), digits));
        }
        return digits;
    }

    private static boolean isClock(Kind kind)
    {
        return kind == Kind.TIMESTAMP || kind == Kind.INSTANT;
    }

    private static ColumnMatch refused(String reason)
    {
        return new ColumnMatch(Optional.empty(), ImmutableList.of(), Optional.of(reason));
    }
}
