package io.meshwright.trino.product;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.mask.MaskKind;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.ServedSnapshot;
import io.meshwright.trino.mask.MaskedColumnHandle;
import io.meshwright.trino.mask.ValueMask;
import io.trino.plugin.iceberg.IcebergColumnHandle;
import io.trino.spi.connector.ColumnHandle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * What DESCRIBE and the comments say: the words of specification and contract, and what is masked for this reader.
 */
public final class ProductDescriptions
{
    private final ReaderAccess access;

    private final Function<Product, Optional<String>> staleNote;

    /**
     * @param staleNote words for a product that is known to be stale
     */
    public ProductDescriptions(ReaderAccess access, Function<Product, Optional<String>> staleNote)
    {
        this.staleNote = requireNonNull(staleNote, "staleNote is null");
        this.access = requireNonNull(access, "access is null");
    }

    /**
     * @param notes about the data that is served
     */
    public Optional<String> tableComment(Product product, Products products, Instant now, List<String> notes)
    {
        StringJoiner comment = new StringJoiner(" ");
        product.spec().flatMap(DataProductSpec::description).map(ProductDescriptions::oneLine).ifPresent(comment::add);
        product.spec().ifPresent(spec -> comment.add("(data product %s, owner %s)".formatted(spec.address(), spec.owner())));
        VersionLifecycle.note(product, now).ifPresent(comment::add);
        if (product.isLatest()) {
            comment.add("(the newest data, verified or not)");
        }
        else if (product.version().filter(version -> version.serve() == ServedSnapshot.VERIFIED).isPresent()) {
            comment.add("(serves the last snapshot that passed its contract)");
        }
        notes.forEach(comment::add);
        staleNote.apply(product).ifPresent(comment::add);
        products.staleFor().ifPresent(age -> comment.add("(the registry has not answered for %s; this is the last known state)".formatted(seconds(age))));
        return Optional.of(comment.toString()).filter(text -> !text.isEmpty());
    }

    public Optional<String> contractComment(ContractModel model, String column)
    {
        return field(model, column).flatMap(ContractField::description).map(ProductDescriptions::oneLine);
    }

    public Optional<String> columnComment(Product product, Optional<ContractModel> model, String column, ColumnHandle handle)
    {
        List<String> parts = new ArrayList<>();
        model.flatMap(contract -> contractComment(contract, column)).ifPresent(parts::add);
        if (handle instanceof MaskedColumnHandle masked) {
            parts.add("(" + maskNote(product, masked) + ")");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
    }

    /**
     * That a column of a view passes a masked one on.
     */
    public String maskNote(Product product, ColumnMask mask)
    {
        boolean byDomain = mask.kind() == MaskKind.TOKEN || mask.kind() == MaskKind.PERMUTE;
        return "(" + maskNote(product, mask.kind().label() + (byDomain ? " by " + mask.tokenDomain() : "")) + ")";
    }

    private String maskNote(Product product, MaskedColumnHandle column)
    {
        return maskNote(product, how(column));
    }

    private String maskNote(Product product, String how)
    {
        String why = access.isProduction()
                ? "ask " + product.owner() + " for clearance"
                : "everything personal is masked in environment " + access.environment();
        return "masked for you: " + how + "; " + why;
    }

    private static String how(MaskedColumnHandle column)
    {
        ValueMask mask = column.mask();
        return switch (mask.action()) {
            case TOKEN, PERMUTE -> label(mask) + " by " + mask.tokenDomain();
            case ROW -> "fields " + maskedFields(column.icebergColumn(), mask);
            case REDACT, PARTIAL, YEAR, NULL -> label(mask);
            case CLEAR -> throw new IllegalArgumentException("The column is not masked");
        };
    }

    private static String maskedFields(IcebergColumnHandle column, ValueMask mask)
    {
        StringJoiner fields = new StringJoiner(", ");
        for (int index = 0; index < mask.fields().size(); index++) {
            if (!mask.fields().get(index).isClear()) {
                fields.add(column.getColumnIdentity().getChildren().get(index).getName());
            }
        }
        return fields.toString();
    }

    private static String label(ValueMask mask)
    {
        return MaskKind.valueOf(mask.action().name()).label();
    }

    private static Optional<ContractField> field(ContractModel model, String column)
    {
        return model.fields().stream()
                .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(column))
                .findFirst();
    }

    private static String oneLine(String text)
    {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String seconds(Duration age)
    {
        return age.toSeconds() + " s";
    }
}
