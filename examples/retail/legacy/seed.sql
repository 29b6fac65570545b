-- Fills the warehouse by integer arithmetic alone, so that data/*.sql gives the products the same rows.
--   psql -v orders=1008000 -v customers=50000 -v start_micros=... -v step_micros=3000000 -v placed_from=950400 -f legacy/seed.sql
-- Order n happens at start + n * step; nothing here depends on chance.

INSERT INTO legacy_warehouse.dim_customer
SELECT
    'C' || lpad((c + 1)::text, 8, '0'),
    (ARRAY['Zoë', 'Łukasz', 'Søren', 'Jürgen', 'Anaïs', 'Юлия', '美咲', 'José', 'Emma', 'Noah', 'Mia'])[c % 11 + 1]
        || ' ' || (ARRAY['Müller', 'O''Neil', 'Nowak', 'Đorđević', 'Schneider', 'García', 'Świątek', '山田', 'Larsen'])[c % 9 + 1],
    CASE WHEN c % 25 <> 0 THEN 'customer' || (c + 1) || '@mail.example' END,
    (ARRAY['C', 'C', 'C', 'C', 'C', 'B', 'B', 'B', 'P', 'S'])[c % 10 + 1],
    (ARRAY['DE', 'DE', 'DE', 'CH', 'PL', 'SE', 'AT'])[c % 7 + 1],
    CASE WHEN c % 13 <> 0 THEN date '1940-01-01' + (c * 37 % 24000)::int END
FROM generate_series(0::bigint, :customers - 1) AS c;

INSERT INTO legacy_warehouse.fct_orders
SELECT
    'ORD-' || lpad((n + 100000000)::text, 9, '0'),
    -- two of a hundred numbers have no account behind them: guests
    'C' || lpad(((n * 7919 + n % 97 * 31) % (:customers * 102 / 100) + 1)::text, 8, '0'),
    CASE
        WHEN n * 31 % 100 < 6 THEN 'cancelled'
        WHEN n >= :placed_from AND n * 17 % 10 < 7 THEN 'placed'
        ELSE 'fulfilled'
    END,
    -- one refund was booked as an order
    (CASE WHEN n = 31337 THEN -1999 ELSE 499 + n * 7907 % 20000 + CASE WHEN n % 50 = 0 THEN 100000 ELSE 0 END END)::numeric / 100,
    CASE
        -- three orders came in by a form that nobody checked
        WHEN n IN (20202, 30303, 40404) THEN 'eur'
        ELSE (ARRAY['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'CHF', 'CHF', 'PLN', 'SEK'])[n % 10 + 1]
    END,
    -- empty: picked up in a store
    CASE WHEN n % 9 <> 0 THEN
        (ARRAY['Kölner Straße', 'Rue de l''Église', 'ul. Łąkowa', 'Østergade', 'Bahnhofstrasse', 'Großer Weg', '東京通り'])[n % 7 + 1]
            || ' ' || (n % 180 + 1) || ', ' || (10000 + n * 13 % 80000)
    END,
    occurred_at AT TIME ZONE 'Europe/Berlin',
    (occurred_at AT TIME ZONE 'Europe/Berlin')::date
FROM generate_series(0::bigint, :orders - 1) AS n
CROSS JOIN LATERAL (
    SELECT timestamptz 'epoch' + (:start_micros + n * :step_micros + n * 7919 % 250000) * interval '1 microsecond' AS occurred_at
) AS clock;

CREATE INDEX ON legacy_warehouse.fct_orders (order_date);
ANALYZE legacy_warehouse.dim_customer, legacy_warehouse.fct_orders;
