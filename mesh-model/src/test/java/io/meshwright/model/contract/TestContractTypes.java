package io.meshwright.model.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TestContractTypes
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            string        | string         | varchar
                                            text          | string         | varchar
                                            varchar       | string         | varchar
                                            number        | decimal(38, 0) | decimal(38,0)
                                            decimal       | decimal(38, 0) | decimal(38,0)
                                            numeric       | decimal(38, 0) | decimal(38,0)
                                            int           | int            | integer
                                            integer       | int            | integer
                                            long          | long           | bigint
                                            bigint        | long           | bigint
                                            float         | float          | real
                                            double        | double         | double
                                            boolean       | boolean        | boolean
                                            timestamp     | timestamptz    | timestamp(6) with time zone
                                            timestamp_tz  | timestamptz    | timestamp(6) with time zone
                                            timestamp_ntz | timestamp      | timestamp(6)
                                            date          | date           | date
                                            time          | time           | time(6)
                                            bytes         | binary         | varbinary
                                            json          | string         | varchar
                                            variant       | string         | varchar
                                            "null"        | string         | varchar
                                            """)
    void testDcs(String type, String iceberg, String trino)
    {
        ContractField field = field(ContractFixtures.dcs("a: {type: %s}".formatted(type)));
        assertThat(EngineTypes.iceberg(field)).isEqualTo(iceberg);
        assertThat(EngineTypes.trino(field)).isEqualTo(trino);
        assertThat(field.declaredType()).isEqualTo(type.replace("\"", ""));
    }

    @Test
    void testEveryDcsTypeIsMapped()
    {
        assertThat(ContractTypes.dcsNames()).hasSize(27).allMatch(name -> ContractTypes.ofDcs(name).isPresent());
        assertThat(ContractTypes.ofDcs("strng")).isEmpty();
        assertThat(ContractTypes.ofOdcs("decimal")).isEmpty();
        assertThat(ContractTypes.ofOdcs("number")).contains(FieldType.DECIMAL);
    }

    @Test
    void testNestedDcs()
    {
        ContractField field = field(ContractFixtures.dcs(
                """
                a:
                  type: struct
                  fields:
                    b: {type: array, items: {type: map, keys: {type: string}, values: {type: decimal, precision: 5, scale: 2}}}
                    c: {type: record, fields: {d: {type: uuid_is_no_type_of_dcs}}}
                """.replace("uuid_is_no_type_of_dcs", "long")));
        assertThat(EngineTypes.iceberg(field)).isEqualTo("struct<b: list<map<string, decimal(5, 2)>>, c: struct<d: long>>");
        assertThat(EngineTypes.trino(field)).isEqualTo("row(\"b\" array(map(varchar, decimal(5,2))), \"c\" row(\"d\" bigint))");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            string    |                             |     | string
                                            string    | VARCHAR(18)                 |     | string
                                            string    | character varying(18)       |     | string
                                            string    | uuid                        |     | uuid
                                            string    | varbinary                   |     | binary
                                            string    | int                         |     | string
                                            date      | date                        |     | date
                                            date      | timestamp                   |     | timestamptz
                                            date      | timestamp without time zone |     | timestamp
                                            timestamp |                             |     | timestamptz
                                            timestamp | TIMESTAMP_NTZ               |     | timestamp
                                            timestamp | timestamp(6) with time zone |     | timestamptz
                                            timestamp | timestamp(3)                |     | timestamptz
                                            time      |                             |     | time
                                            number    |                             |     | decimal(38, 0)
                                            number    | decimal(12,2)               |     | decimal(12, 2)
                                            number    | NUMERIC(5)                  |     | decimal(5, 0)
                                            number    | int                         |     | int
                                            number    | double precision            |     | double
                                            number    |                             | f32 | float
                                            number    |                             | f64 | double
                                            integer   |                             |     | long
                                            integer   | int                         |     | int
                                            integer   | bigint                      | i16 | long
                                            integer   |                             | i8  | int
                                            integer   |                             | i32 | int
                                            integer   |                             | i64 | long
                                            integer   |                             | u32 | long
                                            integer   |                             | u64 | decimal(20, 0)
                                            integer   |                             | i128 | decimal(38, 0)
                                            integer   |                             | f64 | long
                                            boolean   | bit                         |     | boolean
                                                      | bigint                      |     | long
                                            """)
    void testOdcs(String logicalType, String physicalType, String format, String iceberg)
    {
        StringBuilder property = new StringBuilder("- {name: a");
        if (logicalType != null) {
            property.append(", logicalType: ").append(logicalType);
        }
        if (physicalType != null) {
            property.append(", physicalType: \"").append(physicalType).append('"');
        }
        if (format != null) {
            property.append(", logicalTypeOptions: {format: ").append(format).append('}');
        }
        assertThat(EngineTypes.iceberg(field(ContractFixtures.odcs(property + "}")))).isEqualTo(iceberg);
    }

    private static ContractField field(String contract)
    {
        return ContractFixtures.read(contract).models().get(0).fields().get(0);
    }
}
