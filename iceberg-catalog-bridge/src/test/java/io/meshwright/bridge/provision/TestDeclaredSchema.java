package io.meshwright.bridge.provision;

import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContractParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.MapType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestDeclaredSchema
{
    private static final String CONTRACT =
            """
            dataContractSpecification: 1.2.1
            id: orders.order-events
            info: {title: Order events, version: 1.0.0}
            models:
              order_events:
                fields:
                  lines: {type: array, items: {type: struct, fields: {sku: {type: string}}}}
                  limits: {type: map, keys: {type: string}, values: {type: struct, fields: {upper: {type: long}}}}
                  order_id: {type: string}
                  planned: {type: string}
            """;

    @Test
    void testKeepsIdsTypesAndTheOrderOfTheContractAndNoComments()
    {
        ContractModel model = DataContractParser.parse("contract.yaml", CONTRACT).value().orElseThrow().models().get(0);
        Schema table = new Schema(
                NestedField.required("order_id").withId(3).ofType(Types.StringType.get()).withDoc("secret").build(),
                NestedField.optional("internal").withId(4).ofType(Types.StringType.get()).build(),
                NestedField.optional("lines").withId(7).ofType(ListType.ofRequired(8, StructType.of(
                        NestedField.optional("sku").withId(9).ofType(Types.StringType.get()).withDoc("secret").build(),
                        NestedField.optional("cost").withId(10).ofType(Types.DecimalType.of(10, 2)).build()))).build(),
                NestedField.optional("limits").withId(11).ofType(MapType.ofOptional(12, 13, Types.StringType.get(), StructType.of(
                        NestedField.optional("upper").withId(14).ofType(Types.LongType.get()).withDoc("secret").build()))).build());

        String json = DeclaredSchema.json(model, table);
        assertThat(json).doesNotContain("secret").doesNotContain("internal");
        assertThat(SchemaParser.fromJson(json).asStruct()).isEqualTo(StructType.of(
                NestedField.optional(7, "lines", ListType.ofRequired(8, StructType.of(
                        NestedField.optional(9, "sku", Types.StringType.get()),
                        NestedField.optional(10, "cost", Types.DecimalType.of(10, 2))))),
                NestedField.optional(11, "limits", MapType.ofOptional(12, 13, Types.StringType.get(), StructType.of(
                        NestedField.optional(14, "upper", Types.LongType.get())))),
                NestedField.required(3, "order_id", Types.StringType.get())));
    }
}
