package io.meshwright.model.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.yaml.YamlNode;
import io.meshwright.model.yaml.YamlScalar;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.model.contract.ContractRule.DUPLICATE_NAME;
import static io.meshwright.model.contract.ContractRule.FIELD_NAME;
import static io.meshwright.model.contract.ContractRule.INCONSISTENT_NUMBER;
import static io.meshwright.model.contract.ContractRule.MASK;
import static io.meshwright.model.contract.ContractRule.PII_CONTRADICTION;
import static io.meshwright.model.contract.ContractRule.PRIMARY_KEY;

/**
 * What is the same for the fields of both standards.
 */
final class ContractFields
{
    /**
     * How many fields a contract may have, with those that it inherits from definitions.
     */
    static final int MAX_FIELDS = 10_000;
    /**
     * How deeply fields may be nested, with those that they inherit from definitions.
     */
    static final int MAX_DEPTH = 64;

    /**
     * Words in a classification or a tag that mark a field as personal.
     */
    private static final Set<String> PERSONAL = Set.of("pii", "personal", "personal_data", "confidential", "restricted", "sensitive", "secret");
    /**
     * The words among them that say nothing else.
     */
    private static final Set<String> SURELY_PERSONAL = Set.of("pii", "personal", "personal_data");

    private static final Map<MaskKind, Set<FieldType>> MASKABLE = ImmutableMap.<MaskKind, Set<FieldType>>builder()
            .put(MaskKind.TOKEN, Set.of(FieldType.STRING))
            .put(MaskKind.PERMUTE, Set.of(FieldType.INTEGER, FieldType.LONG))
            .put(MaskKind.REDACT, Set.of(FieldType.STRING))
            .put(MaskKind.PARTIAL, Set.of(FieldType.STRING))
            .put(MaskKind.YEAR, Set.of(FieldType.DATE, FieldType.TIMESTAMP, FieldType.TIMESTAMP_NTZ))
            .put(MaskKind.NULL, Set.of(FieldType.values()))
            .buildOrThrow();

    private ContractFields() {}

    /**
     * Whether the contract marks a field as personal. An explicit {@code false} stands against words that only say
     * how sensitive something is, not against those that say that it is personal.
     */
    static boolean isPersonal(Optional<Boolean> pii, Optional<String> classification, List<String> tags, SourceLocation source, String path, ContractReading reading)
    {
        List<String> words = ImmutableList.<String>builder().addAll(classification.stream().toList()).addAll(tags).build().stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_'))
                .toList();
        if (pii.isEmpty()) {
            return words.stream().anyMatch(PERSONAL::contains);
        }
        Optional<String> contradiction = words.stream().filter(SURELY_PERSONAL::contains).findFirst();
        if (!pii.orElseThrow() && contradiction.isPresent()) {
            reading.findings().add(
                    PII_CONTRADICTION,
                    source,
                    path,
                    "pii is false, but the field is also marked '%s'; it counts as personal".formatted(contradiction.orElseThrow()),
                    "Remove one of the two.");
            return true;
        }
        return pii.orElseThrow();
    }

    /**
     * Reads a mask, for which null in YAML is the mask of that name.
     */
    static Optional<MaskKind> mask(YamlNode value, FieldType type, ContractReading reading)
    {
        List<String> kinds = Arrays.stream(MaskKind.values()).map(MaskKind::label).toList();
        if (!(value instanceof YamlScalar scalar)) {
            reading.add(MASK, value, "mask must be one word", "Use one of: %s.".formatted(String.join(", ", kinds)));
            return Optional.empty();
        }
        String word = scalar.isNull() ? MaskKind.NULL.label() : scalar.text().strip();
        Optional<MaskKind> kind = Arrays.stream(MaskKind.values()).filter(candidate -> candidate.label().equals(word)).findFirst();
        if (kind.isEmpty()) {
            reading.add(MASK, value, "Unknown mask '%s'".formatted(ContractNode.abbreviate(word)), ContractReading.suggest(word, kinds));
            return Optional.empty();
        }
        if (!MASKABLE.get(kind.orElseThrow()).contains(type)) {
            List<String> fitting = Arrays.stream(MaskKind.values()).filter(candidate -> MASKABLE.get(candidate).contains(type)).map(MaskKind::label).toList();
            reading.add(MASK, value, "The mask %s does not fit the type %s".formatted(word, type.label()), "Use one of: %s.".formatted(String.join(", ", fitting)));
            return Optional.empty();
        }
        return kind;
    }

    static ContractTypes.Declared decimal(ContractTypes.Declared type, OptionalInt precision, OptionalInt scale, YamlNode node, ContractReading reading)
    {
        if (type.type() != FieldType.DECIMAL) {
            return type;
        }
        int digits = precision.orElse(type.precision().orElse(ContractTypes.DEFAULT_PRECISION));
        int decimals = scale.orElse(type.scale().orElse(0));
        if (digits < 1 || digits > ContractTypes.DEFAULT_PRECISION || decimals < 0 || decimals > digits) {
            reading.add(
                    INCONSISTENT_NUMBER,
                    node,
                    "A decimal cannot have precision %s and scale %s".formatted(digits, decimals),
                    "Use a precision from 1 to 38 and a scale from 0 to the precision.");
            return ContractTypes.decimal(type.declared(), ContractTypes.DEFAULT_PRECISION, 0);
        }
        return ContractTypes.decimal(type.declared(), digits, decimals);
    }

    /**
     * Orders the key, checks the names, and closes the fields of one level.
     */
    static List<ContractField> close(List<FieldDraft> drafts, boolean columns, ContractReading reading)
    {
        checkNames(drafts, reading);
        orderKey(drafts, columns, reading);
        return drafts.stream().map(FieldDraft::build).collect(toImmutableList());
    }

    private static void checkNames(List<FieldDraft> drafts, ContractReading reading)
    {
        Map<String, FieldDraft> seen = new HashMap<>();
        for (FieldDraft draft : drafts) {
            if (draft.name.isBlank() || !draft.name.equals(draft.name.strip()) || draft.name.contains(".") || draft.name.chars().anyMatch(Character::isISOControl)) {
                reading.findings().add(
                        FIELD_NAME,
                        draft.source,
                        draft.path,
                        "'%s' cannot be the name of a column".formatted(ContractNode.abbreviate(draft.name)),
                        "Use a name without dots, line breaks or surrounding blanks, for example %s.".formatted(draft.name.isBlank() ? "order_id" : ContractNode.abbreviate(draft.name).replace('.', '_')));
            }
            FieldDraft first = seen.putIfAbsent(draft.name.toLowerCase(Locale.ROOT), draft);
            if (first != null) {
                String difference = first.name.equals(draft.name) ? "is declared twice" : "differs from '%s' only in upper and lower case".formatted(ContractNode.abbreviate(first.name));
                reading.findings().add(
                        DUPLICATE_NAME,
                        draft.source,
                        draft.path,
                        "The field '%s' %s".formatted(ContractNode.abbreviate(draft.name), difference),
                        "Rename or remove one of them; the other is at %s.".formatted(first.source));
            }
        }
    }

    private static void orderKey(List<FieldDraft> drafts, boolean columns, ContractReading reading)
    {
        List<FieldDraft> key = drafts.stream().filter(draft -> draft.primaryKey).toList();
        if (!columns) {
            for (FieldDraft draft : key) {
                draft.primaryKey = false;
                reading.notChecked(draft.path, "only columns can be part of a primary key", draft.source);
            }
            return;
        }
        boolean positioned = key.stream().anyMatch(draft -> draft.primaryKeyPosition.isPresent());
        Map<Integer, FieldDraft> positions = new HashMap<>();
        for (FieldDraft draft : key) {
            draft.required = true;
            if (!positioned) {
                continue;
            }
            FieldDraft other = draft.primaryKeyPosition.isEmpty() ? null : positions.putIfAbsent(draft.primaryKeyPosition.orElseThrow(), draft);
            if (other != null || draft.primaryKeyPosition.isEmpty()) {
                reading.findings().add(
                        PRIMARY_KEY,
                        draft.source,
                        draft.path,
                        other == null
                                ? "'%s' is part of the primary key, but has no primaryKeyPosition as the others have".formatted(ContractNode.abbreviate(draft.name))
                                : "'%s' and '%s' have the same primaryKeyPosition".formatted(ContractNode.abbreviate(other.name), ContractNode.abbreviate(draft.name)),
                        "Number the fields of the key 1, 2, 3 and so on.");
            }
        }
        // positions may have gaps: only their order counts
        List<FieldDraft> ordered = key.stream().sorted(Comparator.comparingInt(draft -> draft.primaryKeyPosition.orElse(Integer.MAX_VALUE))).toList();
        for (int index = 0; index < ordered.size(); index++) {
            ordered.get(index).primaryKeyPosition = OptionalInt.of(index + 1);
        }
    }
}
