-- A minute of orders, the newest one of just now.
INSERT INTO lake.orders.order_events (order_id, customer_id, status, total_minor, currency, shipping_address, occurred_at)
SELECT
    'ORD-' || lpad(CAST(n + 100000000 AS varchar), 9, '0'),
    'C' || lpad(CAST(n % 20 + 1 AS varchar), 8, '0'),
    element_at(ARRAY['placed', 'fulfilled', 'cancelled'], n % 3 + 1),
    499 + n * 7907 % 20000,
    element_at(ARRAY['EUR', 'CHF'], n % 2 + 1),
    IF(n % 9 <> 0, 'Kölner Straße ' || CAST(n AS varchar)),
    date_add('second', -n, current_timestamp(6))
FROM TABLE(sequence(start => 0, stop => 59)) AS s (n)
