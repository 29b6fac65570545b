package io.meshwright.trino;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.mask.ColumnMask;
import io.meshwright.model.view.ViewQuery;
import io.meshwright.trino.product.ContractTypes;
import io.meshwright.trino.product.Product;
import io.meshwright.trino.product.ProductDescriptions;
import io.meshwright.trino.product.Products;
import io.meshwright.trino.product.ReaderAccess;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.security.ConnectorIdentity;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.meshwright.trino.MeshErrorCode.MESH_VIEW_UNREADABLE;
import static java.util.Objects.requireNonNull;

/**
 * Holds a view against its inputs before the engine does: what the engine would say names inputs that the reader may not know.
 */
final class ViewChecks
{
    private final Products products;
    private final ReaderAccess access;
    private final ProductDescriptions descriptions;
    private final TypeOperators typeOperators;

    ViewChecks(Products products, ReaderAccess access, ProductDescriptions descriptions, TypeOperators typeOperators)
    {
        this.products = requireNonNull(products, "products is null");
        this.access = requireNonNull(access, "access is null");
        this.descriptions = requireNonNull(descriptions, "descriptions is null");
        this.typeOperators = requireNonNull(typeOperators, "typeOperators is null");
    }

    void check(Product product, Product.View view, ConnectorIdentity reader)
    {
        checkInputs(product, view, reader, Set.of(product.name()));
        checkTypes(product, view);
    }

    private void checkInputs(Product product, Product.View view, ConnectorIdentity reader, Set<SchemaTableName> path)
    {
        for (SchemaTableName input : view.inputs()) {
            if (path.contains(input)) {
                throw MESH_VIEW_UNREADABLE.exception("Product %s cannot be read: it is a view that reads itself. Ask %s to correct its query.".formatted(product.address(), product.owner()));
            }
            Optional<Product> found = products.find(input).filter(candidate -> access.mayFind(candidate, reader) && access.mayRead(candidate, reader));
            if (found.isEmpty()) {
                throw MESH_VIEW_UNREADABLE.exception("Product %s cannot be read by you: it is a view over products of which you may not read all, or which are not registered any more. Ask %s."
                        .formatted(product.address(), product.owner()));
            }
            if (found.orElseThrow().port() instanceof Product.View inner) {
                Set<SchemaTableName> further = new HashSet<>(path);
                further.add(input);
                checkInputs(product, inner, reader, further);
            }
        }
    }

    /**
     * Columns that the query passes on as they are have the types of their inputs; those of expressions are left to the engine.
     */
    private void checkTypes(Product product, Product.View view)
    {
        List<ViewQuery.Column> columns = view.query().columns().orElse(List.of());
        for (int index = 0; index < columns.size(); index++) {
            ContractField declared = view.model().fields().get(index);
            Type expected = ContractTypes.type(declared, typeOperators);
            Optional<Type> actual = columns.get(index).source().flatMap(this::inputField).map(field -> ContractTypes.type(field, typeOperators));
            if (actual.isPresent() && !actual.orElseThrow().equals(expected)) {
                throw MESH_VIEW_UNREADABLE.exception("Product %s cannot be read: column %s of its view is %s, and %s in its contract. Ask %s to correct one of the two."
                        .formatted(product.address(), declared.name(), actual.orElseThrow().getDisplayName(), expected.getDisplayName(), product.owner()));
            }
        }
    }

    /**
     * What is masked of a column for this reader, where the query passes it on as it is.
     */
    Optional<String> maskNote(Product.View view, int index, ConnectorIdentity reader)
    {
        return view.query().columns()
                .filter(columns -> index < columns.size())
                .flatMap(columns -> columns.get(index).source())
                .flatMap(source -> maskNote(source, reader, new HashSet<>()));
    }

    private Optional<String> maskNote(ViewQuery.Source source, ConnectorIdentity reader, Set<SchemaTableName> seen)
    {
        SchemaTableName name = new SchemaTableName(source.input().schema(), source.input().table());
        Optional<Product> input = products.find(name).filter(product -> access.mayFind(product, reader));
        if (input.isEmpty() || !seen.add(name)) {
            return Optional.empty();
        }
        return switch (input.orElseThrow().port()) {
            case Product.Table table -> field(table.model(), source.column())
                    .flatMap(field -> table.masks().mask(field.name()))
                    .filter(_ -> !access.seesClearValues(input.orElseThrow(), reader))
                    .map(mask -> note(input.orElseThrow(), mask));
            case Product.View view -> view.query().columns().stream()
                    .flatMap(List::stream)
                    .filter(column -> column.name().equals(Optional.of(source.column())))
                    .findFirst()
                    .flatMap(ViewQuery.Column::source)
                    .flatMap(inner -> maskNote(inner, reader, seen));
            case Product.Unservable _ -> Optional.empty();
        };
    }

    private String note(Product product, ColumnMask mask)
    {
        return descriptions.maskNote(product, mask);
    }

    private Optional<ContractField> inputField(ViewQuery.Source source)
    {
        return products.find(new SchemaTableName(source.input().schema(), source.input().table()))
                .flatMap(product -> switch (product.port()) {
                    case Product.Table table -> field(table.model(), source.column());
                    case Product.View view -> field(view.model(), source.column());
                    case Product.Unservable _ -> Optional.empty();
                });
    }

    private static Optional<ContractField> field(ContractModel model, String column)
    {
        return model.fields().stream()
                .filter(field -> field.name().toLowerCase(Locale.ROOT).equals(column))
                .findFirst();
    }
}
