-- The warehouse that the domains replace, on PostgreSQL 14 or newer. Run as its owner in an empty database.
CREATE SCHEMA legacy_warehouse;

CREATE TABLE legacy_warehouse.dim_customer (
    cust_no char(9) PRIMARY KEY,
    full_name varchar(200) NOT NULL,
    email varchar(200),
    segment_code char(1) NOT NULL,
    country char(2) NOT NULL,
    birth_date date
);

CREATE TABLE legacy_warehouse.fct_orders (
    order_no varchar(20) NOT NULL,
    cust_no char(9) NOT NULL,
    status varchar(10) NOT NULL,
    total_amount numeric(12, 2) NOT NULL,
    currency_code char(3) NOT NULL,
    shipping_address varchar(200),
    ordered_at timestamp(6) NOT NULL, -- the shop's wall clock in Berlin, without a zone
    order_date date NOT NULL -- the shop's business day
);

-- Reconciliation reads, and does nothing else.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recon') THEN
        CREATE ROLE recon LOGIN;
    END IF;
END
$$;
ALTER ROLE recon SET search_path = legacy_warehouse;
GRANT USAGE ON SCHEMA legacy_warehouse TO recon;
ALTER DEFAULT PRIVILEGES IN SCHEMA legacy_warehouse GRANT SELECT ON TABLES TO recon;
GRANT SELECT ON ALL TABLES IN SCHEMA legacy_warehouse TO recon;
