INSERT INTO lake.pricing.price_list (sku, currency, valid_from, valid_to, list_price_minor, published_at)
SELECT
    'SKU-' || lpad(CAST(sku AS varchar), 5, '0'),
    currency,
    date_add('day', -90 * CAST(period AS integer), DATE ':today'),
    CASE WHEN period > 0 THEN date_add('day', -90 * (CAST(period AS integer) - 1) - 1, DATE ':today') END,
    CAST(round((199 + sku * 6133 % 50000) * (1 - period * 0.02e0) * rate) AS bigint),
    date_add('hour', -1, CAST(from_unixtime_nanos(:now_micros * 1000) AS timestamp(6) with time zone))
FROM TABLE(sequence(start => 1, stop => 400)) AS a (sku)
CROSS JOIN TABLE(sequence(start => 0, stop => 2)) AS b (period)
CROSS JOIN (VALUES ('EUR', 1.00e0), ('CHF', 0.94e0), ('PLN', 4.26e0), ('SEK', 11.02e0)) AS c (currency, rate)
