INSERT INTO lake.customer.customer_profile (customer_id, full_name, email, phone, birth_date, segment, country, loyalty_points, updated_at)
SELECT
    'C' || lpad(CAST(c + 1 AS varchar), 8, '0'),
    element_at(ARRAY['Zoë', 'Łukasz', 'Søren', 'Jürgen', 'Anaïs', 'Юлия', '美咲', 'José', 'Emma', 'Noah', 'Mia'], c % 11 + 1)
        || ' ' || element_at(ARRAY['Müller', 'O''Neil', 'Nowak', 'Đorđević', 'Schneider', 'García', 'Świątek', '山田', 'Larsen'], c % 9 + 1),
    CASE WHEN c % 25 <> 0 THEN 'customer' || CAST(c + 1 AS varchar) || '@mail.example' END,
    CASE WHEN c % 4 = 0 THEN '+49 170 ' || lpad(CAST(c * 6007 % 10000000 AS varchar), 7, '0') END,
    CASE WHEN c % 13 <> 0 THEN date_add('day', c * 37 % 24000, DATE '1940-01-01') END,
    element_at(ARRAY['consumer', 'consumer', 'consumer', 'consumer', 'consumer', 'business', 'business', 'business', 'premium', 'staff'], c % 10 + 1),
    element_at(ARRAY['DE', 'DE', 'DE', 'CH', 'PL', 'SE', 'AT'], c % 7 + 1),
    c * 131 % 5000,
    date_add('second', -(c * 61 % 2500000), CAST(from_unixtime_nanos(:now_micros * 1000) AS timestamp(6) with time zone))
FROM TABLE(sequence(start => 0, stop => :customers - 1)) AS s (c)
