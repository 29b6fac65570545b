package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import static java.util.Objects.requireNonNull;

/**
 * What the values of a field may be. Bounds are texts as written: a number, a date or a timestamp by the field's type.
 * NULL satisfies every one of them.
 *
 * @param allowedValues empty when any value is allowed
 * @param pattern a regular expression that is searched for, not matched against the whole value
 * @param format a named format such as {@code email} or {@code uuid}
 * @param minLength of a text, of a list in elements, of a map or a struct in entries
 * @param uniqueItems whether no element of a list may occur twice in it
 * @param filter the rows that the rules on the field are about, as an SQL expression; empty for all
 */
public record FieldConstraints(
        List<String> allowedValues,
        Optional<String> pattern,
        Optional<String> format,
        OptionalInt minLength,
        OptionalInt maxLength,
        Optional<String> minimum,
        Optional<String> exclusiveMinimum,
        Optional<String> maximum,
        Optional<String> exclusiveMaximum,
        Optional<String> multipleOf,
        boolean uniqueItems,
        Optional<String> filter)
{
    public static final FieldConstraints NONE = new FieldConstraints(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * Without uniqueItems and filter.
     */
    public FieldConstraints(
            List<String> allowedValues,
            Optional<String> pattern,
            Optional<String> format,
            OptionalInt minLength,
            OptionalInt maxLength,
            Optional<String> minimum,
            Optional<String> exclusiveMinimum,
            Optional<String> maximum,
            Optional<String> exclusiveMaximum,
            Optional<String> multipleOf)
    {
        this(allowedValues, pattern, format, minLength, maxLength, minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, false, Optional.empty());
    }

    public FieldConstraints
    {
        allowedValues = ImmutableList.copyOf(allowedValues);
        requireNonNull(pattern, "pattern is null");
        requireNonNull(format, "format is null");
        requireNonNull(minLength, "minLength is null");
        requireNonNull(maxLength, "maxLength is null");
        requireNonNull(minimum, "minimum is null");
        requireNonNull(exclusiveMinimum, "exclusiveMinimum is null");
        requireNonNull(maximum, "maximum is null");
        requireNonNull(exclusiveMaximum, "exclusiveMaximum is null");
        requireNonNull(multipleOf, "multipleOf is null");
        requireNonNull(filter, "filter is null");
    }

    FieldConstraints withFilter(Optional<String> rows)
    {
        return new FieldConstraints(allowedValues, pattern, format, minLength, maxLength, minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, uniqueItems, rows);
    }
}
