package io.meshwright.bridge.check;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.meshwright.bridge.registry.ColumnRow;
import io.meshwright.bridge.registry.RegisteredProduct;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.finding.Parsed;
import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.mask.IntegerPermutation;
import io.meshwright.model.mask.KeyRing;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.mask.MaskPlan;
import io.meshwright.model.mask.TextMask;
import io.meshwright.model.mask.TokenFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.Objects.requireNonNull;

/**
 * Values of a product's table as a reader without clearance sees them in Trino: the same masks, keys and token domains. What the registered contract does not
 * declare is not shown at all, whatever a proposed one says.
 */
final class RowMasks
{
    private static final Pattern YEAR = Pattern.compile("(\\d{4})-\\d{2}-\\d{2}.*");

    private final Map<String, ColumnMask> masks;
    private final Set<String> declared;
    private final Map<String, Integer> fieldIds;
    private final Schema schema;
    private final Optional<KeyRing> keys;

    RowMasks(Map<String, ColumnMask> masks, Set<String> declared, Map<String, Integer> fieldIds, Schema schema, Optional<KeyRing> keys)
    {
        this.masks = ImmutableMap.copyOf(masks);
        this.declared = ImmutableSet.copyOf(declared);
        this.fieldIds = ImmutableMap.copyOf(fieldIds);
        this.schema = requireNonNull(schema, "schema is null");
        this.keys = requireNonNull(keys, "keys is null");
    }

    /**
     * Empty where it cannot be told what is personal: then nothing may be shown.
     */
    static Optional<RowMasks> of(ProductUnderTest product, Schema schema, Optional<KeyRing> keys)
    {
        Parsed<RegisteredProduct> registered = RegisteredProduct.parse(product.product());
        String port = product.port().name();
        Optional<ContractModel> model = registered.value().flatMap(found -> found.model(port));
        Optional<MaskPlan> plan;
        try {
            plan = registered.value().flatMap(found -> found.masks(port));
        }
        catch (MeshException e) {
            return Optional.empty();
        }
        Map<String, Integer> fieldIds = product.product().columns().stream()
                .filter(column -> column.port().equals(port))
                .collect(toImmutableMap(ColumnRow::path, ColumnRow::fieldId, (first, second) -> first));
        return model.isPresent() && plan.isPresent()
                ? Optional.of(new RowMasks(plan.orElseThrow().masks(), model.orElseThrow().fieldPaths().keySet().stream().collect(toImmutableSet()), fieldIds, schema, keys))
                : Optional.empty();
    }

    /**
     * Whether values of a column may be shown under its mask: the column still is the one that was registered, and holds single values.
     */
    boolean shows(String path)
    {
        NestedField field = schema.findField(path);
        return field != null && declared.contains(path) && fieldIds.containsKey(path) && fieldIds.get(path) == field.fieldId() && field.type().isPrimitiveType()
                && field.type().typeId() != Type.TypeID.BINARY && field.type().typeId() != Type.TypeID.FIXED;
    }

    /**
     * Whether the column's mask needs a key that is not there.
     */
    boolean lacksKey(String path)
    {
        return keys.isEmpty() && mask(path).filter(mask -> mask.kind() == MaskKind.TOKEN || mask.kind() == MaskKind.PERMUTE).isPresent();
    }

    /**
     * Turns a value's text into what is shown; empty is NULL.
     */
    Function<String, Optional<String>> masker(String path)
    {
        Optional<ColumnMask> mask = mask(path);
        if (mask.isEmpty()) {
            return Optional::of;
        }
        Type.TypeID type = schema.findField(path).type().typeId();
        String domain = mask.orElseThrow().tokenDomain();
        MaskKind kind = suits(mask.orElseThrow().kind(), type) ? mask.orElseThrow().kind() : MaskKind.NULL;
        return switch (kind) {
            case TOKEN -> {
                TokenFunction tokens = TokenFunction.create(keys.orElseThrow(), domain);
                yield value -> Optional.of(tokens.token(value));
            }
            case PERMUTE -> {
                IntegerPermutation permutation = IntegerPermutation.create(keys.orElseThrow(), domain, type == Type.TypeID.INTEGER ? Integer.SIZE : Long.SIZE);
                yield value -> Optional.of(String.valueOf(permutation.permute(Long.parseLong(value))));
            }
            case REDACT -> value -> Optional.of(TextMask.REDACTED);
            case PARTIAL -> value -> Optional.of(TextMask.partial(value));
            case YEAR -> RowMasks::year;
            case NULL -> value -> Optional.empty();
        };
    }

    private static Optional<String> year(String value)
    {
        Matcher matcher = YEAR.matcher(value);
        return matcher.matches() ? Optional.of(matcher.group(1) + "-01-01") : Optional.empty();
    }

    /**
     * What lies below a masked field is masked with it, and has no single value to show.
     */
    private Optional<ColumnMask> mask(String path)
    {
        if (masks.containsKey(path)) {
            return Optional.of(masks.get(path));
        }
        return masks.keySet().stream().anyMatch(masked -> path.startsWith(masked + ".")) ? Optional.of(new ColumnMask(path, MaskKind.NULL, path)) : Optional.empty();
    }

    private static boolean suits(MaskKind kind, Type.TypeID type)
    {
        return switch (kind) {
            case TOKEN, REDACT, PARTIAL -> type == Type.TypeID.STRING;
            case PERMUTE -> type == Type.TypeID.INTEGER || type == Type.TypeID.LONG;
            case YEAR -> type == Type.TypeID.DATE || type == Type.TypeID.TIMESTAMP;
            case NULL -> true;
        };
    }
}
