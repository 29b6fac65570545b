INSERT INTO lake.inventory.stock_levels (sku, store_id, on_hand, reserved, counted_at)
SELECT
    'SKU-' || lpad(CAST(sku AS varchar), 5, '0'),
    'store-' || lpad(CAST(store AS varchar), 3, '0'),
    CAST(sku * 17 % 90 + store % 11 AS integer),
    CAST((sku * 17 % 90 + store % 11) * (sku % 4) / 8 AS integer),
    date_add('second', -(sku * store % 3000), CAST(from_unixtime_nanos(:now_micros * 1000) AS timestamp(6) with time zone))
FROM TABLE(sequence(start => 1, stop => 400)) AS a (sku)
CROSS JOIN TABLE(sequence(start => 1, stop => 25)) AS b (store)
