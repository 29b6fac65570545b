-- Trino federating two independently owned Iceberg data products
SELECT c.segment,
       count(*) AS orders,
       sum(o.total_minor) / 100.0 AS gross_revenue
FROM orders.order_events AS o
JOIN customer.customer_profile AS c
  ON o.customer_id = c.customer_id -- same polyseme, same type, no munging
WHERE o.status = 'fulfilled'
  AND o.occurred_at >= current_date - INTERVAL '30' DAY
GROUP BY c.segment
ORDER BY gross_revenue DESC
