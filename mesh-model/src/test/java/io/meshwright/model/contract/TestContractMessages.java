package io.meshwright.model.contract;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the parser says to each kind of mistake, without the official schemas.
 */
class TestContractMessages
{
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  id: a | `1:1 error DC-STANDARD: The file does not say which contract standard it follows | Begin with apiVersion: v3.1.0 and kind: DataContract, or with dataContractSpecification: 1.2.1.`
                                                                  datacontractSpecification: 1.1.0 | `1:1 error DC-STANDARD: The file does not say which contract standard it follows | Did you mean 'dataContractSpecification' where you wrote 'datacontractSpecification'?`
                                                                  dataContractSpecification: 1.1 | `1:29 error DC-STANDARD-VERSION: dataContractSpecification '1.1' is not read | Did you mean 1.1.0?`
                                                                  dataContractSpecification: 0.9.3 | `1:29 error DC-STANDARD-VERSION: dataContractSpecification '0.9.3' is not read | Use one of: 1.1.0, 1.2.0, 1.2.1.`
                                                                  apiVersion: v3.1.0 | `1:1 error DC-STANDARD: kind is missing | Add kind: DataContract. ## 1:1 error DC-MISSING-KEY: id is missing | Add id, for example orders.order-events or a UUID. ## 1:1 error DC-MISSING-KEY: version is missing | Add the version of the contract, for example 1.0.0.`
                                                                  apiVersion: v2.2.2, kind: DataContract | `1:14 error DC-STANDARD-VERSION: apiVersion 'v2.2.2' is not read | Use one of: v3.0.0, v3.0.1, v3.0.2, v3.1.0.`
                                                                  apiVersion: v3.2.0, kind: DataContract | `1:14 error DC-STANDARD-VERSION: apiVersion 'v3.2.0' is not read | Use one of: v3.0.0, v3.0.1, v3.0.2, v3.1.0.`
                                                                  apiVersion: 3.1.0, kind: DataContract | `1:14 error DC-STANDARD-VERSION: apiVersion '3.1.0' is not read | Did you mean v3.1.0?`
                                                                  apiVersion: v3.1.0, kind: DataProduct | `1:28 error DC-STANDARD: kind is 'DataProduct', and must be DataContract | Write kind: DataContract, or name a file that holds a contract.`
                                                                  apiVersion: v3.1.0, kind: DataContract | `1:1 error DC-MISSING-KEY: id is missing | Add id, for example orders.order-events or a UUID. ## 1:1 error DC-MISSING-KEY: version is missing | Add the version of the contract, for example 1.0.0.`
                                                                  dataContractSpecification: 1.2.1 | `1:1 error DC-MISSING-KEY: id is missing | Add id, for example orders.order-events. ## 1:1 error DC-MISSING-KEY: info is missing | Add info with title and version.`
                                                                  dataContractSpecification: 1.2.1, id: "", info: {version: [1]} | `1:40 error DC-VALUE: id is empty | Give id a value, or remove the key. ## 1:60 error DC-VALUE: version must be a text, and is a list | Write version as a text.`
                                                                  dataContractSpecification: 1.2.1, id: a, info: {version: 1.0.0}, compatibility: backwards | `1:82 error DC-COMPATIBILITY: Unknown compatibility 'backwards' | Did you mean 'backward'?`
                                                                  dataContractSpecification: 1.2.1, id: a, info: {version: 1.0.0}, serviceLevels: {} | `1:67 warning DC-UNKNOWN-KEY: Unknown key 'serviceLevels' in the contract | Did you mean 'servicelevels'?`
                                                                  dataContractSpecification: 1.2.1, id: a, info: {version: 1.0.0}, x-own: {} | ``
                                                                  """)
    void testHead(String document, String expected)
    {
        assertThat(String.join(" ## ", ContractFixtures.findings("{" + document + "}"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  a: string | `10:10 error DC-VALUE: The field 'a' must be a mapping of keys to values | Write it as a: {type: string}.`
                                                                  a: {} | `10:10 warning DC-FIELD-TYPE-MISSING: The field 'a' has no type and is taken as a string | Add type, one of: string, text, varchar, number, decimal, numeric, int, integer, long, bigint, float, double, boolean, timestamp, timestamp_tz, timestamp_ntz, date, time, array, map, object, record, struct, bytes, json, variant, null.`
                                                                  a: {type: strng} | `10:17 error DC-FIELD-TYPE: Unknown type 'strng' of the field 'a' | Did you mean 'string'?`
                                                                  a: {type: decimal, precision: 39} | `10:10 error DC-DECIMAL: A decimal cannot have precision 39 and scale 0 | Use a precision from 1 to 38 and a scale from 0 to the precision.`
                                                                  a: {type: decimal, precision: 5, scale: 6} | `10:10 error DC-DECIMAL: A decimal cannot have precision 5 and scale 6 | Use a precision from 1 to 38 and a scale from 0 to the precision.`
                                                                  a: {type: string, required: yes} | `10:35 error DC-VALUE: required must be true or false, and is 'yes' | Write required as true or false.`
                                                                  a: {type: string, maxLength: 1.5} | `10:36 error DC-VALUE: maxLength must be a whole number, and is '1.5' | Write maxLength as a whole number.`
                                                                  a: {type: string, enum: x} | `10:31 error DC-VALUE: enum must be a list, and is 'x' | Write enum as a list.`
                                                                  a: {type: string, requird: true} | `10:25 warning DC-UNKNOWN-KEY: Unknown key 'requird' in the field 'a' | Did you mean 'required'?`
                                                                  a: {type: string, primary: true} | `10:25 warning DC-DEPRECATED: primary is an old spelling | Write primaryKey: true.`
                                                                  a: {type: string, mask: tokn} | `10:31 error DC-MASK: Unknown mask 'tokn' | Did you mean 'token'?`
                                                                  a: {type: long, mask: token} | `10:29 error DC-MASK: The mask token does not fit the type long | Use one of: permute, null.`
                                                                  a: {type: string, mask: [token]} | `10:31 error DC-MASK: mask must be one word | Use one of: token, permute, redact, partial, year, null.`
                                                                  a: {type: string, pii: false, tags: [PII]} | `10:7 warning DC-PII-CONTRADICTION: pii is false, but the field is also marked 'pii'; it counts as personal | Remove one of the two.`
                                                                  a: {$ref: '#/definitions/b'} | `10:17 error DC-REFERENCE: There is no 'definitions' at '#/definitions/b' | Add it under definitions, and refer to it as '#/definitions/NAME'.`
                                                                  a.b: {type: string} | `10:7 error DC-FIELD-NAME: 'a.b' cannot be the name of a column | Use a name without dots, line breaks or surrounding blanks, for example a_b.`
                                                                  {a: {type: string}, A: {type: string}} | `9:33 error DC-DUPLICATE-NAME: The field 'A' differs from 'a' only in upper and lower case | Rename or remove one of them; the other is at contract.yaml:9:14.`
                                                                  a: {type: string, quality: [{type: libary, metric: nullValues}]} | `10:42 error DC-QUALITY-TYPE: Unknown type of quality rule 'libary' | Did you mean 'library'?`
                                                                  a: {type: string, quality: [{type: row_count, mustBe: 1}]} | `10:42 error DC-QUALITY-TYPE: Unknown type of quality rule 'row_count' | Write type: library and metric: rowCount.`
                                                                  a: {type: string, quality: [{metric: nullValue, mustBe: 0}]} | `10:44 error DC-QUALITY-METRIC: Unknown metric 'nullValue' | Did you mean 'nullValues'?`
                                                                  a: {type: string, quality: [{metric: rowCount, mustBe: 0}]} | `10:35 error DC-QUALITY-METRIC: rowCount counts the rows of the table, not the values of a field | Move the rule from the field to its table.`
                                                                  a: {type: string, quality: [{metric: invalidValues, mustBe: 0}]} | `10:35 error DC-QUALITY-ARGUMENT: invalidValues does not say which values are valid | Add arguments with validValues, a list, or pattern, a regular expression.`
                                                                  a: {type: string, quality: [{metric: nullValues, mustBe: 0, unit: rws}]} | `10:73 error DC-QUALITY-ARGUMENT: Unknown unit 'rws' | Did you mean 'rows'?`
                                                                  a: {type: string, quality: [{metric: nullValues, mustBeLessThan: few}]} | `10:72 error DC-VALUE: mustBeLessThan must be a number | Write the number that the figure is held against.`
                                                                  a: {type: string, quality: [{metric: nullValues, mustBeBetween: [5, 1]}]} | `10:71 error DC-IMPOSSIBLE-CONSTRAINT: mustBeBetween has its lower end 5 above its upper end 1 | Write the lower end first.`
                                                                  a: {type: string, quality: [{metric: nullValues, mustBeBetween: [5]}]} | `10:71 error DC-VALUE: mustBeBetween must be a list of two numbers | Write mustBeBetween: [lower, upper]; both ends are included.`
                                                                  a: {type: string, quality: [{metric: nullValues, mustBeLesThan: 5}]} | `10:56 error DC-QUALITY-OPERATOR: Unknown operator 'mustBeLesThan' | Did you mean 'mustBeLessThan'?`
                                                                  a: {type: string, quality: [{rule: nullCheck}]} | `10:42 warning DC-DEPRECATED: rule: nullCheck is an old spelling | Write metric: nullValues.`
                                                                  a: {type: string, quality: [{rule: fancyCheck}]} | `10:42 warning DC-QUALITY-METRIC: The library rule 'fancyCheck' is not known here | Use one of: nullValues, missingValues, invalidValues, duplicateValues, rowCount.`
                                                                  a: {type: string, quality: [{type: sql, mustBe: 0}]} | `10:35 error DC-QUALITY-TYPE: An sql rule needs a query | Give it a query that returns one figure, for example SELECT COUNT(*) FROM {model} WHERE ...`
                                                                  a: {type: string, quality: [{type: text}]} | `10:35 error DC-QUALITY-TYPE: A text rule needs a description | Say in description what is expected.`
                                                                  a: {type: string, quality: [{type: library}]} | `10:35 error DC-QUALITY-METRIC: A library rule needs a metric | Add metric: one of nullValues, missingValues, invalidValues, duplicateValues, rowCount.`
                                                                  """)
    void testFields(String fields, String expected)
    {
        String text = fields.startsWith("{") ? ContractFixtures.dcs("").replace("fields:\n", "fields: " + fields + "\n") : ContractFixtures.dcs(fields);
        assertThat(String.join(" ## ", ContractFixtures.findings(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  - {logicalType: string} | `9:5 error DC-MISSING-KEY: A property has no name | Add name, the name of the column.`
                                                                  - {name: a, logicalType: strin} | `9:28 error DC-FIELD-TYPE: Unknown logicalType 'strin' of the property 'a' | Did you mean 'string'?`
                                                                  - {name: a} | `9:5 warning DC-FIELD-TYPE-MISSING: The type of the property 'a' is not told: it has neither logicalType nor physicalType; it is taken as a string | Add logicalType, one of: string, date, timestamp, time, number, integer, object, array, boolean.`
                                                                  - {name: a, physicalType: geography} | `9:5 warning DC-FIELD-TYPE-MISSING: The type of the property 'a' is not told: physicalType 'geography' is another engine's; it is taken as a string | Add logicalType, one of: string, date, timestamp, time, number, integer, object, array, boolean.`
                                                                  - {name: a, logicalType: string, customProperties: [{property: mask, value: hidden}]} | `9:79 error DC-MASK: Unknown mask 'hidden' | Use one of: token, permute, redact, partial, year, null.`
                                                                  - {name: a, logicalType: string, customProperties: [{property: pii, value: maybe}]} | `9:78 error DC-VALUE: pii must be true or false, and is 'maybe' | Write pii as true or false.`
                                                                  - {name: a, logicalType: string, primaryKey: true, primaryKeyPosition: 1}, {name: b, logicalType: string, primaryKey: true, primaryKeyPosition: 1} | `10:5 error DC-PRIMARY-KEY: 'a' and 'b' have the same primaryKeyPosition | Number the fields of the key 1, 2, 3 and so on.`
                                                                  - {name: a, logicalType: string, primaryKey: true, primaryKeyPosition: 1}, {name: b, logicalType: string, primaryKey: true} | `10:5 error DC-PRIMARY-KEY: 'b' is part of the primary key, but has no primaryKeyPosition as the others have | Number the fields of the key 1, 2, 3 and so on.`
                                                                  - {name: a, logicalType: string}, {name: a, logicalType: string} | `10:5 error DC-DUPLICATE-NAME: The field 'a' is declared twice | Rename or remove one of them; the other is at contract.yaml:9:5.`
                                                                  - {name: a, logicalType: string, quality: [{metric: nullValues, mustBe: 0, mustNotBe: 1}]} | `9:46 error DC-QUALITY-OPERATOR: The rule has 2 operators: mustBe, mustNotBe | Keep one, use mustBeBetween for a range, or write one rule for each.`
                                                                  - {name: a, logicalType: string, quality: [{type: sql, query: "SELECT 1 FROM orders"}]} | `9:46 error DC-QUALITY-OPERATOR: The rule has no operator, so it cannot fail | Add one of: mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween.`
                                                                  """)
    void testProperties(String properties, String expected)
    {
        assertThat(String.join(" ## ", ContractFixtures.findings(ContractFixtures.odcs(properties.replace("}, {name", "}\n- {name"))))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  freshness: {} | `12:14 error DC-SERVICE-LEVEL: servicelevels.freshness has no threshold | Add threshold: 15m, the greatest age of the newest row.`
                                                                  freshness: {threshold: soon} | `12:26 error DC-SERVICE-LEVEL: "soon" is no duration | write for example 15m, 24h or PT15M`
                                                                  freshness: {threshold: 15} | `12:26 error DC-SERVICE-LEVEL: "15" has no unit | write the unit, for example 15m or 15h`
                                                                  availability: {percentage: 99.9} | `12:30 error DC-SERVICE-LEVEL: 99.9 is no share, did you mean 99.9% or 0.999? | write  "99.9%"  or  0.999`
                                                                  availability: {percentage: 101%} | `12:30 error DC-SERVICE-LEVEL: "101%" is more than everything | write at most 100%`
                                                                  retention: {period: a while} | `12:23 error DC-SERVICE-LEVEL: "a while" is no duration | write for example 365d, 90 days or 3y`
                                                                  latency: {threshold: quick} | `12:24 error DC-SERVICE-LEVEL: "quick" is no duration | write for example 15m, 24h or PT15M`
                                                                  freshnes: {threshold: 1h} | `12:3 warning DC-UNKNOWN-KEY: Unknown key 'freshnes' in servicelevels | Did you mean 'freshness'?`
                                                                  """)
    void testServiceLevels(String level, String expected)
    {
        assertThat(String.join(" ## ", ContractFixtures.findings(ContractFixtures.dcs("a: {type: string}") + "servicelevels:\n  " + level + "\n"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  {type: row_count, model: order, mustBe: 1} | `12:28 error DC-UNKNOWN-FIELD: There is no model 'order' | Did you mean 'orders'?`
                                                                  {type: nullCheck, model: orders, field: b, mustBe: 0} | `12:3 error DC-UNKNOWN-FIELD: There is no field 'b' in the model 'orders' | Did you mean 'a'?`
                                                                  {type: nullCheck, model: orders, field: a} | `12:3 warning DC-DIALECT: The standard keeps quality rules under their model or field, not at the root | Write it under models.orders.fields.a.quality as {type: library, metric: nullValues}.`
                                                                  {type: text, model: orders} | `12:3 warning DC-DIALECT: The standard keeps quality rules under their model or field, not at the root | Write it under models.orders.quality as {type: text}. ## 12:3 error DC-QUALITY-TYPE: A text rule needs a description | Say in description what is expected.`
                                                                  """)
    void testDialect(String rule, String expected)
    {
        assertThat(String.join(" ## ", ContractFixtures.findings(ContractFixtures.dcs("a: {type: string}") + "quality:\n- " + rule + "\n"))).isEqualTo(expected);
    }
}
