package io.meshwright.leak;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static io.meshwright.leak.Exhibit.table;
import static io.meshwright.leak.Exhibit.view;

/**
 * The products under attack. Row 1 of each holds what the attacker knows already, the last row NULLs, all others canaries.
 */
public final class Exhibits
{
    /**
     * The schema of all products, in the raw catalog too.
     */
    public static final String SCHEMA = "vault";

    /**
     * Where canaries lie in every kind of column.
     */
    static final String PEOPLE = "people";
    /**
     * Copies of one table that is stored in as many ways.
     */
    static final List<String> STORED = List.of("by_email", "by_bucket", "by_truncate", "by_date", "as_orc", "as_avro", "deleted_v2", "deleted_v3", "deleted_equality");
    static final List<String> PARTITIONED = List.of("by_email", "by_bucket", "by_truncate", "by_date");

    private static final String OPEN = "{clear: [{user: carl}, {group: privacy}]}";

    private static final String PEOPLE_FIELDS =
            """
            id: {type: long}
            grp: {type: string}
            email: {type: string, pii: true}
            customer_id: {type: string, pii: true}
            card_no: {type: long, pii: true}
            pin: {type: integer, pii: true}
            born: {type: date, pii: true, mask: year}
            died: {type: date, pii: true}
            seen: {type: timestamp, pii: true, mask: year}
            met: {type: timestamp_ntz, pii: true}
            salary: {type: decimal, precision: 12, scale: 4, pii: true}
            score: {type: double, pii: true}
            ratio: {type: float, pii: true}
            vip: {type: boolean, pii: true}
            photo: {type: bytes, pii: true}
            note: {type: string, pii: true, mask: redact}
            phone: {type: string, pii: true, mask: partial}
            nick: {type: string, pii: true, mask: "null"}
            address:
              type: struct
              fields:
                city: {type: string}
                street: {type: string, pii: true}
                geo:
                  type: struct
                  fields:
                    lat: {type: double, pii: true}
                    area: {type: string}
            secret: {type: struct, pii: true, fields: {a: {type: string}, b: {type: long}}}
            contacts: {type: array, items: {type: struct, fields: {kind: {type: string}, handle: {type: string, pii: true}}}}
            aliases: {type: array, pii: true, items: {type: string}}
            items: {type: array, items: {type: string, pii: true}}
            by_key: {type: map, keys: {type: string, pii: true}, values: {type: long}}
            by_value: {type: map, keys: {type: string}, values: {type: string, pii: true}}
            tags: {type: array, items: {type: string}}
            joined: {type: date}
            """;

    private static final String CREATE_PEOPLE =
            """
            CREATE TABLE {l}.people (
                id bigint, grp varchar, email varchar COMMENT 'Phys1ca0 column', customer_id varchar, card_no bigint, pin integer,
                born date, died date, seen timestamp(6) with time zone, met timestamp(6), salary decimal(12, 4), score double, ratio real,
                vip boolean, photo varbinary, note varchar, phone varchar, nick varchar,
                address ROW(city varchar, street varchar, geo ROW(lat double, area varchar)),
                secret ROW(a varchar, b bigint),
                contacts ARRAY(ROW(kind varchar, handle varchar)), aliases ARRAY(varchar), items ARRAY(varchar),
                by_key MAP(varchar, bigint), by_value MAP(varchar, varchar), tags ARRAY(varchar), joined date, internal_note varchar)
            COMMENT 'Phys1ca0 table'
            """;

    private static final String FILL_PEOPLE =
            """
            INSERT INTO {l}.people
            SELECT
                n, 'g' || CAST(n % 3 AS varchar),
                IF(n = 40, NULL, IF(n = 1, 'Kn0wn-bob@x.example', 'C0a9y1-mail-' || CAST(n % 13 AS varchar) || '@x.example')),
                IF(n = 40, NULL, IF(n = 1, 'Kn0wn-customer', 'C0a9y1-customer-' || CAST(n % 7 AS varchar))),
                IF(n = 40, NULL, IF(n = 1, BIGINT '4111', BIGINT '6049917380012')),
                IF(n = 40, NULL, IF(n = 1, 4711, 1903847625)),
                IF(n = 40, NULL, IF(n = 1, DATE '1990-05-05', DATE '1953-07-19')),
                IF(n = 40, NULL, IF(n = 1, DATE '2020-05-05', DATE '1953-07-19')),
                IF(n = 40, NULL, IF(n = 1, TIMESTAMP '1999-09-09 09:09:09.999999 UTC', TIMESTAMP '1961-04-12 06:07:08.123456 UTC')),
                IF(n = 40, NULL, IF(n = 1, TIMESTAMP '1999-09-09 09:09:09.999999', TIMESTAMP '1961-04-12 06:07:08.123456')),
                IF(n = 40, NULL, IF(n = 1, DECIMAL '1000.0000', DECIMAL '73219.8765')),
                IF(n = 40, NULL, IF(n = 1, 5e0, 40499.17382e0)),
                IF(n = 40, NULL, IF(n = 1, REAL '5', REAL '8049.273')),
                IF(n = 40, NULL, n % 2 = 0),
                IF(n = 40, NULL, IF(n = 1, to_utf8('Kn0wn'), to_utf8('C0a9y1-photo'))),
                IF(n = 40, NULL, IF(n = 1, 'Kn0wn note', 'C0a9y1 note ' || CAST(n AS varchar))),
                IF(n = 40, NULL, IF(n = 1, 'Kn0wn 555 0001', 'C0a9y1 +41 44 555 ' || CAST(1000 + n AS varchar))),
                IF(n = 40, NULL, IF(n = 1, 'Kn0wn', 'C0a9y1-nick')),
                IF(n = 40, NULL, CAST(ROW('Bern', IF(n = 39, NULL, IF(n = 1, 'Kn0wn street', 'C0a9y1 street')), ROW(IF(n = 1, 5e0, 40499.17382e0), 'north'))
                    AS ROW(city varchar, street varchar, geo ROW(lat double, area varchar)))),
                IF(n = 40, NULL, CAST(ROW('C0a9y1-a', 6049917380012) AS ROW(a varchar, b bigint))),
                IF(n = 40, NULL, CAST(ARRAY[ROW('mail', 'C0a9y1-handle')] AS ARRAY(ROW(kind varchar, handle varchar)))),
                IF(n = 40, NULL, ARRAY['C0a9y1-alias', NULL]),
                IF(n = 40, NULL, ARRAY['C0a9y1-item']),
                IF(n = 40, NULL, MAP(ARRAY['C0a9y1-key'], ARRAY[BIGINT '1'])),
                IF(n = 40, NULL, MAP(ARRAY['k'], ARRAY['C0a9y1-value'])),
                ARRAY['t' || CAST(n % 2 AS varchar)],
                DATE '2024-01-01' + (n % 5) * INTERVAL '1' DAY,
                'C0a9y1 internal'
            FROM UNNEST(sequence(1, 40)) AS t(n)
            """;

    private static final String STORED_FIELDS =
            """
            id: {type: long}
            grp: {type: string}
            email: {type: string, pii: true}
            customer_id: {type: string, pii: true}
            card_no: {type: long, pii: true}
            born: {type: date, pii: true, mask: year}
            address: {type: struct, fields: {city: {type: string}, street: {type: string, pii: true}}}
            """;

    private static final String FILL_STORED = "INSERT INTO {l}.%s SELECT id, grp, email, customer_id, card_no, born, CAST(ROW(address.city, address.street) AS ROW(city varchar, street varchar)) FROM {l}.people";

    private static final String ORDERS_FIELDS =
            """
            order_id: {type: long}
            customer_id: {type: string, pii: true}
            amount: {type: long}
            """;

    private static final String PAIR_FIELDS =
            """
            id: {type: long}
            email: {type: string, pii: true}
            """;

    private static final String PRIVATE = "{discovery: private, read: [marketing], clear: [{user: carl}]}";

    private static final String CREATE_PAIR = "CREATE TABLE {l}.%1$s AS SELECT id, email FROM {l}.people";

    private Exhibits() {}

    /**
     * In the order in which they have to be made.
     */
    public static List<Exhibit> all()
    {
        return Stream.of(
                        Stream.of(
                                table(PEOPLE, OPEN, PEOPLE_FIELDS, CREATE_PEOPLE, FILL_PEOPLE),
                                table("orders",
                                        OPEN,
                                        ORDERS_FIELDS,
                                        "CREATE TABLE {l}.orders AS SELECT id AS order_id, customer_id, id * 10 AS amount FROM {l}.people WHERE id % 3 <> 2")),
                        STORED.stream().map(Exhibits::stored),
                        Stream.of(
                                history(),
                                table("hidden", PRIVATE, PAIR_FIELDS, CREATE_PAIR.formatted("hidden"))
                                        .saying("contract: contract.yaml}", "contract: contract.yaml, deprecated: {until: 2099-12-31, reason: It was never there}}"),
                                spoilt(),
                                aged(),
                                table("limited", "{read: [marketing], clear: [{user: carl}]}", PAIR_FIELDS, CREATE_PAIR.formatted("limited")),
                                devices(),
                                view("contacts", OPEN, PAIR_FIELDS, "SELECT id, email FROM vault.people"),
                                view("blended", OPEN, PAIR_FIELDS, "SELECT id, email FROM vault.hidden"),
                                broken("broken_data"),
                                broken("broken_footer"),
                                broken("broken_manifest"),
                                broken("broken_metadata"),
                                swapped()))
                .flatMap(exhibits -> exhibits)
                .toList();
    }

    /**
     * Those that the smoke probes attack.
     */
    public static List<Exhibit> smoke()
    {
        Set<String> names = Set.of(PEOPLE, "orders", "by_email", "deleted_v2", "hidden");
        return all().stream().filter(exhibit -> names.contains(exhibit.name())).toList();
    }

    /**
     * Products that no statement may read in the end, with what is to be broken about their files.
     */
    private static Exhibit broken(String name)
    {
        return table(
                name,
                OPEN,
                PAIR_FIELDS,
                "CREATE TABLE {l}.%s (id bigint, email varchar) WITH (partitioning = ARRAY['%s'])".formatted(name, name.equals("broken_manifest") ? "id" : "email"),
                // paths of files hold partition values, and whichever file fails first has to give a canary away
                "INSERT INTO {l}.%s SELECT id, email FROM {l}.people WHERE id > 1 AND id < 40".formatted(name));
    }

    /**
     * Private, until its registration was damaged.
     */
    private static Exhibit spoilt()
    {
        return table("spoilt", PRIVATE, PAIR_FIELDS, CREATE_PAIR.formatted("spoilt")).andThen(
                """
                INSERT INTO {r}.product_versions (address, sql_schema, sql_table, revision, product_hash, spec_path, spec_body, registered_at, registered_by, ports, contracts, columns)
                SELECT address, sql_schema, sql_table, revision + 1, product_hash, spec_path, 'kind: [', registered_at, registered_by, ports, contracts, columns
                FROM {r}.product_versions WHERE address = 'vault.spoilt'
                """);
    }

    /**
     * Its age comes from a personal column: whoever is told it in figures knows the newest value.
     */
    private static Exhibit aged()
    {
        return table("aged", OPEN, "id: {type: long}\nseen: {type: timestamp, pii: true}", "CREATE TABLE {l}.aged AS SELECT id, seen FROM {l}.people WHERE id > 1")
                .saying("freshness: \"<= 365d\"", "freshness: {threshold: \"<= 365d\", timestampField: seen}");
    }

    private static Exhibit stored(String name)
    {
        String properties = switch (name) {
            case "by_email" -> "partitioning = ARRAY['email'], sorted_by = ARRAY['email']";
            case "by_bucket" -> "partitioning = ARRAY['bucket(customer_id, 4)']";
            case "by_truncate" -> "partitioning = ARRAY['truncate(email, 8)', 'truncate(card_no, 10)']";
            case "by_date" -> "partitioning = ARRAY['month(born)'], sorted_by = ARRAY['card_no']";
            case "as_orc" -> "format = 'ORC'";
            case "as_avro" -> "format = 'AVRO'";
            case "deleted_v2", "deleted_equality" -> "format_version = 2";
            case "deleted_v3" -> "format_version = 3";
            default -> throw new IllegalArgumentException(name);
        };
        Exhibit exhibit = table(
                name,
                OPEN,
                STORED_FIELDS,
                "CREATE TABLE {l}.%s (id bigint, grp varchar, email varchar, customer_id varchar, card_no bigint, born date, address ROW(city varchar, street varchar)) WITH (%s)".formatted(name, properties),
                FILL_STORED.formatted(name));
        return name.startsWith("deleted_v") ? exhibit.andThen("DELETE FROM {l}.%s WHERE email = 'C0a9y1-mail-3@x.example' OR id = 5".formatted(name)) : exhibit;
    }

    /**
     * The personal column had another name, a column came later, one was dropped and made anew under its name.
     */
    private static Exhibit history()
    {
        String fields =
                """
                id: {type: long}
                email: {type: string, pii: true}
                note: {type: string}
                late: {type: string, pii: true}
                card_no: {type: long, pii: true}
                """;
        return table(
                "history",
                OPEN,
                fields,
                "CREATE TABLE {l}.history (id bigint, mail varchar, note varchar, gone varchar, card_no bigint) WITH (format_version = 2)",
                "INSERT INTO {l}.history SELECT id, email, 'C0a9y1 former note', 'C0a9y1 gone', card_no FROM {l}.people WHERE id <= 10",
                "ALTER TABLE {l}.history RENAME COLUMN mail TO email",
                "ALTER TABLE {l}.history DROP COLUMN note",
                "ALTER TABLE {l}.history ADD COLUMN note varchar",
                "ALTER TABLE {l}.history DROP COLUMN gone",
                "ALTER TABLE {l}.history ADD COLUMN late varchar",
                "INSERT INTO {l}.history (id, email, note, late, card_no) SELECT id, email, 'public note', email, card_no FROM {l}.people WHERE id > 10");
    }

    /**
     * Types that only the other standard of contracts can declare.
     */
    private static Exhibit devices()
    {
        Exhibit exhibit = table(
                "devices",
                OPEN,
                "",
                "CREATE TABLE {l}.devices (id bigint, device uuid, woken time(6)) WITH (partitioning = ARRAY['device'])",
                "INSERT INTO {l}.devices SELECT id, IF(id < 40, UUID 'f47ac10b-58cc-4372-a567-0e02b2c3d479'), IF(id < 40, TIME '03:14:15.926535') FROM {l}.people");
        return new Exhibit(exhibit.name(), exhibit.statements(), exhibit.afterwards(), exhibit.specification(),
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: vault.devices
                name: Devices
                version: 1.0.0
                status: active
                schema:
                  - name: devices
                    physicalType: table
                    properties:
                      - {name: id, logicalType: integer, physicalType: bigint}
                      - {name: device, logicalType: string, physicalType: uuid, classification: pii}
                      - {name: woken, logicalType: time, physicalType: time, classification: pii}
                """);
    }

    /**
     * The table was made anew with the fields of its row in another order, which have each other's field ids now.
     */
    private static Exhibit swapped()
    {
        return table(
                "swapped",
                OPEN,
                "id: {type: long}\naddress: {type: struct, fields: {street: {type: string, pii: true}, city: {type: string}}}",
                "CREATE TABLE {l}.swapped AS SELECT id, CAST(ROW(address.street, address.city) AS ROW(street varchar, city varchar)) AS address FROM {l}.people")
                .andThen(
                        "DROP TABLE {l}.swapped",
                        "CREATE TABLE {l}.swapped AS SELECT id, CAST(ROW(address.city, address.street) AS ROW(city varchar, street varchar)) AS address FROM {l}.people");
    }
}
