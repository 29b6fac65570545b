package io.meshwright.bridge.provision;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.EngineTypes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.meshwright.bridge.provision.ColumnChange.Kind.ADD;
import static io.meshwright.bridge.provision.ColumnChange.Kind.DESCRIBE;
import static io.meshwright.bridge.provision.ColumnChange.Kind.MAKE_OPTIONAL;
import static io.meshwright.bridge.provision.ColumnChange.Kind.NOTE;
import static io.meshwright.bridge.provision.ColumnChange.Kind.REFUSE;
import static io.meshwright.bridge.provision.ColumnChange.Kind.WIDEN;

/**
 * Holds a contract against a table: what has to change, and what cannot.
 */
final class SchemaComparison
{
    private record Step(ColumnChange change, Consumer<UpdateSchema> update) {}

    private final boolean empty;
    private final List<Step> steps = new ArrayList<>();

    private SchemaComparison(boolean empty)
    {
        this.empty = empty;
    }

    /**
     * @param empty whether the table never had a row, so that a required column can still be added
     */
    static SchemaComparison of(ContractModel model, Schema table, boolean empty)
    {
        SchemaComparison comparison = new SchemaComparison(empty);
        comparison.compareFields(Optional.empty(), model.fields(), table.asStruct());
        return comparison;
    }

    List<ColumnChange> changes()
    {
        return steps.stream().map(Step::change).collect(toImmutableList());
    }

    /**
     * Changes without which the contract does not describe the table.
     */
    List<String> missing()
    {
        return changes().stream()
                .filter(change -> change.kind() == ADD || change.kind() == WIDEN)
                .map(change -> "%s %s %s".formatted(change.kind().label(), change.path(), change.detail()))
                .collect(toImmutableList());
    }

    void applyTo(UpdateSchema update)
    {
        if (empty) {
            update.allowIncompatibleChanges();
        }
        steps.forEach(step -> step.update().accept(update));
    }

    private void compareFields(Optional<String> parent, List<ContractField> fields, Types.StructType struct)
    {
        for (ContractField field : fields) {
            String path = parent.map(name -> name + "." + field.name()).orElse(field.name());
            NestedField column = struct.field(field.name());
            if (column == null) {
                addMissing(parent, field, path, struct);
            }
            else {
                compareColumn(field, column, path);
            }
        }
        for (NestedField column : struct.fields()) {
            if (fields.stream().noneMatch(field -> field.name().equals(column.name()))) {
                String path = parent.map(name -> name + "." + column.name()).orElse(column.name());
                if (column.isRequired()) {
                    add(NOTE, path, "not in the contract: stays in the table, where writers must fill it, and is shown to nobody");
                }
                else {
                    add(NOTE, path, "not in the contract: stays in the table and is shown to nobody");
                }
            }
        }
    }

    private void addMissing(Optional<String> parent, ContractField field, String path, Types.StructType struct)
    {
        NestedField otherCase = struct.caseInsensitiveField(field.name());
        if (otherCase != null) {
            add(REFUSE, path, "the table has %s; engines that ignore case could not tell the two apart".formatted(otherCase.name()));
            return;
        }
        if (field.required() && !empty) {
            add(REFUSE, path, "a required column cannot be added to a table that has rows; add it as optional, fill it, then require it");
            return;
        }
        Type type = ContractSchemas.type(field);
        ColumnChange change = new ColumnChange(ADD, path, "%s%s".formatted(EngineTypes.iceberg(field), field.required() ? ", required" : ""));
        String doc = field.description().orElse(null);
        steps.add(new Step(change, update -> {
            if (field.required()) {
                update.addRequiredColumn(parent.orElse(null), field.name(), type, doc);
            }
            else {
                update.addColumn(parent.orElse(null), field.name(), type, doc);
            }
        }));
    }

    private void compareColumn(ContractField field, NestedField column, String path)
    {
        compareType(field, column.type(), path);
        if (column.isRequired() && !field.required()) {
            steps.add(new Step(new ColumnChange(MAKE_OPTIONAL, path, "required to optional"), update -> update.makeColumnOptional(path)));
        }
        if (column.isOptional() && field.required()) {
            add(NOTE, path, "required by the contract, but not by the table: the contract test finds nulls, writers are not stopped");
        }
        Optional<String> doc = Optional.ofNullable(column.doc());
        if (field.description().isPresent() && !field.description().equals(doc)) {
            steps.add(new Step(new ColumnChange(DESCRIBE, path, field.description().orElseThrow()), update -> update.updateColumnDoc(path, field.description().orElseThrow())));
        }
    }

    private void compareType(ContractField field, Type actual, String path)
    {
        Type expected = ContractSchemas.type(field);
        if (expected.typeId() == actual.typeId() && !actual.isPrimitiveType()) {
            compareNested(field, actual, path);
            return;
        }
        if (expected.equals(actual)) {
            return;
        }
        if (actual.isPrimitiveType() && expected.isPrimitiveType() && TypeUtil.isPromotionAllowed(actual, expected.asPrimitiveType())) {
            steps.add(new Step(new ColumnChange(WIDEN, path, "%s to %s".formatted(actual, expected)), update -> update.updateColumn(path, expected.asPrimitiveType())));
            return;
        }
        boolean narrower = actual.isPrimitiveType() && expected.isPrimitiveType() && TypeUtil.isPromotionAllowed(expected, actual.asPrimitiveType());
        add(REFUSE, path, narrower
                ? "the table has %s, and the contract the narrower %s: values that are there may not fit".formatted(actual, EngineTypes.iceberg(field))
                : "the table has %s and the contract %s, which it cannot be changed to".formatted(actual, EngineTypes.iceberg(field)));
    }

    private void compareNested(ContractField field, Type actual, String path)
    {
        if (actual.isStructType()) {
            compareFields(Optional.of(path), field.fields(), actual.asStructType());
            return;
        }
        if (actual.isListType()) {
            field.items().ifPresent(items -> compareType(items, actual.asListType().elementType(), path + ".element"));
            return;
        }
        field.key().ifPresent(key -> compareKey(key, actual.asMapType().keyType(), path + ".key"));
        field.value().ifPresent(value -> compareType(value, actual.asMapType().valueType(), path + ".value"));
    }

    private void compareKey(ContractField key, Type actual, String path)
    {
        if (!ContractSchemas.type(key).equals(actual)) {
            add(REFUSE, path, "the table has map keys of %s and the contract %s; keys cannot be changed".formatted(actual, EngineTypes.iceberg(key)));
        }
    }

    private void add(ColumnChange.Kind kind, String path, String detail)
    {
        steps.add(new Step(new ColumnChange(kind, path, detail), update -> {}));
    }
}
