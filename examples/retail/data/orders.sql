-- The orders as the domain's pipeline delivered them: the rows of legacy/seed.sql, but for what went wrong on the way.
INSERT INTO lake.orders.order_events (order_id, customer_id, status, total_minor, currency, shipping_address, occurred_at)
WITH orders AS (
    SELECT
        n,
        CAST(from_unixtime_nanos((:start_micros + n * :step_micros + n * 7919 % 250000) * 1000) AS timestamp(6) with time zone) AS occurred_at
    FROM TABLE(sequence(start => 0, stop => :orders - 1)) AS s (n)
),
arrived AS (
    SELECT n, occurred_at, date_diff('day', CAST(occurred_at AT TIME ZONE 'Europe/Berlin' AS date), DATE ':today') AS days_ago
    FROM orders
)
SELECT
    'ORD-' || lpad(CAST(n + 100000000 AS varchar), 9, '0'),
    'C' || lpad(CAST((n * 7919 + n % 97 * 31) % (:customers * 102 / 100) + 1 AS varchar), 8, '0'),
    CASE
        WHEN n * 31 % 100 < 6 THEN 'cancelled'
        WHEN n >= :placed_from AND n * 17 % 10 < 7 THEN 'placed'
        ELSE 'fulfilled'
    END,
    CASE WHEN n = 31337 THEN -1999 ELSE 499 + n * 7907 % 20000 + CASE WHEN n % 50 = 0 THEN 100000 ELSE 0 END END
        -- twelve days ago a job rounded some totals up
        + CASE WHEN days_ago = 12 AND n % 1440 = 321 THEN 1 ELSE 0 END,
    CASE
        WHEN n IN (20202, 30303, 40404) THEN 'eur'
        ELSE element_at(ARRAY['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'CHF', 'CHF', 'PLN', 'SEK'], n % 10 + 1)
    END,
    CASE WHEN n % 9 <> 0 THEN
        element_at(ARRAY['Kölner Straße', 'Rue de l''Église', 'ul. Łąkowa', 'Østergade', 'Bahnhofstrasse', 'Großer Weg', '東京通り'], n % 7 + 1)
            || ' ' || CAST(n % 180 + 1 AS varchar) || ', ' || CAST(10000 + n * 13 % 80000 AS varchar)
    END,
    occurred_at
FROM arrived
-- an import that sent everything twice for a while, a week ago
CROSS JOIN UNNEST(IF(days_ago = 7 AND n % 1440 = 11, ARRAY[1, 2], ARRAY[1])) AS delivery (attempt)
WHERE
    -- yesterday's late events: tills without a connection have not reported yet
    NOT (days_ago = 1 AND n % 1440 = 700)
    -- a partition of the stream was lost three days ago
    AND NOT (days_ago = 3 AND n % 100 = 7)
