INSERT INTO lake.orders.order_events (order_id, customer_id, status, total_minor, currency, shipping_address, occurred_at)
VALUES ('ORD-999999999', 'C00000001', 'fulfilled', -1999, 'EUR', NULL, current_timestamp(6))
