package io.meshwright.model.mask;

import com.google.common.collect.ImmutableMap;
import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.ProductAddress;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static com.google.common.collect.Sets.difference;
import static io.meshwright.model.mask.MaskRule.FIELD_UNKNOWN;
import static java.util.Objects.requireNonNull;

/**
 * Which fields of a product are masked, and how: those that the specification lists as personal, those that the contract
 * marks, and those with a mask of their own; in a restricted product also text that the contract does not classify. Each masked field is listed by its path; what lies below it is masked with it.
 *
 * @param masks by path, in the order of the contract
 */
public record MaskPlan(Map<String, ColumnMask> masks)
{
    private static final Set<String> HARMLESS = Set.of("public", "internal");

    public MaskPlan
    {
        masks = ImmutableMap.copyOf(masks);
    }

    /**
     * @throws MeshException when the specification lists a personal field that the contract does not have
     */
    public static MaskPlan of(DataProductSpec product, ContractModel model)
    {
        return of(product, model, Set.of());
    }

    /**
     * @param otherVersions the fields of the contracts of the product's other versions, which may be listed as well
     * @throws MeshException when the specification lists a personal field that no contract has
     */
    public static MaskPlan of(DataProductSpec product, ContractModel model, Set<String> otherVersions)
    {
        requireNonNull(product, "product is null");
        Map<String, ContractField> fields = model.fieldPaths();

        Set<String> personal = Set.copyOf(product.classification().piiFields());
        Set<String> unknown = difference(difference(personal, fields.keySet()), otherVersions);
        if (!unknown.isEmpty()) {
            throw new MeshException(
                    FIELD_UNKNOWN,
                    MeshException.Cause.REFUSED,
                    "The personal fields " + unknown.stream().sorted().toList() + " of " + product.address() + " are not in its contract",
                    "Add them to the contract or take them out of classification.pii_fields, then register again");
        }

        boolean strict = product.classification().level().masksUnclassifiedText();
        ImmutableMap.Builder<String, ColumnMask> masks = ImmutableMap.builder();
        fields.forEach((path, field) -> {
            if (personal.contains(path) || field.pii() || field.mask().isPresent()) {
                MaskKind undeclared = strict ? MaskKind.NULL : defaultKind(field.type());
                masks.put(path, new ColumnMask(path, kind(field, undeclared), tokenDomain(product.address(), path, field)));
            }
            else if (strict && isUnclassifiedText(field)) {
                masks.put(path, new ColumnMask(path, defaultKind(field.type()), tokenDomain(product.address(), path, field)));
            }
        });
        return new MaskPlan(masks.buildOrThrow());
    }

    /**
     * Whether anything may stand in the field, for all that the contract says: text or bytes without a list of values and
     * without a classification that says that they are no secret.
     */
    public static boolean isUnclassifiedText(ContractField field)
    {
        boolean text = field.type() == FieldType.STRING || field.type() == FieldType.BINARY;
        boolean harmless = field.classification().map(word -> HARMLESS.contains(word.strip().toLowerCase(Locale.ROOT))).orElse(false);
        return text && !harmless && !field.pii() && field.mask().isEmpty() && field.constraints().allowedValues().isEmpty();
    }

    public Optional<ColumnMask> mask(String path)
    {
        return Optional.ofNullable(masks.get(path));
    }

    /**
     * The mask of a personal field of this type that declares none.
     */
    public static MaskKind defaultKind(FieldType type)
    {
        return switch (type) {
            case STRING -> MaskKind.TOKEN;
            case INTEGER, LONG -> MaskKind.PERMUTE;
            case DECIMAL, FLOAT, DOUBLE, BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_NTZ, BINARY, UUID, STRUCT, ARRAY, MAP -> MaskKind.NULL;
        };
    }

    /**
     * Whether values of the type can be shown under the mask; where they cannot, NULL is shown instead.
     */
    public static boolean suits(MaskKind kind, FieldType type)
    {
        return switch (kind) {
            case TOKEN, REDACT, PARTIAL -> type == FieldType.STRING;
            case PERMUTE -> type == FieldType.INTEGER || type == FieldType.LONG;
            case YEAR -> type == FieldType.DATE || type == FieldType.TIMESTAMP || type == FieldType.TIMESTAMP_NTZ;
            case NULL -> true;
        };
    }

    private static MaskKind kind(ContractField field, MaskKind undeclared)
    {
        return field.mask()
                .map(declared -> suits(declared, field.type()) ? declared : MaskKind.NULL)
                .orElse(undeclared);
    }

    private static String tokenDomain(ProductAddress address, String path, ContractField field)
    {
        if (field.polyseme().isPresent()) {
            return field.polyseme().orElseThrow();
        }
        if (Polysemes.isShipped(field.name())) {
            return field.name().toLowerCase(Locale.ROOT);
        }
        return address.domain() + "." + address.product() + "." + path;
    }
}
