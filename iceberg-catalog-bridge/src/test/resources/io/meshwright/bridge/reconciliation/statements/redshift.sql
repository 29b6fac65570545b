-- not executed: no such server has run this

-- session
SET statement_timeout TO 60000;
SET timezone TO 'UTC';

-- transaction

-- time of the server
SELECT DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', SYSDATE);

-- handshake of md5, of integers and texts
SELECT STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('0' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('1' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('-1' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('42' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('1000000007' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('2147483647' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('-2147483648' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('2147483648' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('-2147483649' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('4294967296' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('9223372036854775807' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('-9223372036854775808' AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST(NULL AS bigint)) AS varchar(20)), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('a' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('ab ' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('hello world' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('twelve bytes' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('thirteen byte' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('twenty-four bytes, twice!' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('it''s "quoted"' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('a|b	c
d' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('Grüße' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('日本語' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('😀' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('é' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('é' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE((CAST('%_\path' AS varchar(100))), CHR(30))), 15), 16),
    STRTOL(RIGHT(MD5(COALESCE(CAST((CAST('0' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('1' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('-1' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('42' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('1000000007' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('2147483647' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('-2147483648' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('2147483648' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('-2147483649' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('4294967296' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('9223372036854775807' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST('-9223372036854775808' AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST((CAST(NULL AS bigint)) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE((CAST('' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('a' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('ab ' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('hello world' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('twelve bytes' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('thirteen byte' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('twenty-four bytes, twice!' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('it''s "quoted"' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('a|b	c
d' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('Grüße' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('日本語' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('😀' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('é' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('é' AS varchar(100))), CHR(30)) || CHR(31) || COALESCE((CAST('%_\path' AS varchar(100))), CHR(30))), 15), 16);

-- rows of days
SELECT d,
    COUNT(*),
    COALESCE(SUM(CAST(k AS decimal(38, 0))), 0)
    FROM (SELECT (("day")) AS d,
    CAST((("id")) AS bigint) AS k
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN DATE '2026-03-28' AND DATE '2026-03-29') OR ((("day")) BETWEEN DATE '2026-03-31' AND DATE '2026-03-31') OR (("day")) IS NULL)) r
    GROUP BY d;

-- sums of days
SELECT d,
    COUNT(*),
    COALESCE(SUM(CAST(h AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(k AS decimal(38, 0))), 0),
    MIN(k),
    MAX(k),
    COALESCE(SUM(CAST(c0 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c1 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c2 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c3 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c4 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c5 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c6 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c7 AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(c8 AS decimal(38, 0))), 0),
    SUM(s0)
    FROM (SELECT (("day")) AS d,
    STRTOL(RIGHT(MD5(COALESCE(CAST((("id")) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE((("name")), CHR(30)) || CHR(31) || COALESCE(CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (("happened"))) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ((("occurred")) AT TIME ZONE 'UTC')) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(day, DATE '1970-01-01', (("day"))) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CASE WHEN (("flag")) THEN '1' WHEN NOT (("flag")) THEN '0' END, CHR(30)) || CHR(31) || COALESCE(RTRIM((("code")), ' '), CHR(30)) || CHR(31) || COALESCE(LOWER(FROM_VARBYTE((("bytes")), 'hex')), CHR(30))), 15), 16) AS h,
    CAST((("id")) AS bigint) AS k,
    CAST((("id")) AS bigint) AS c0,
    STRTOL(RIGHT(MD5((("name"))), 15), 16) AS c1,
    STRTOL(RIGHT(MD5(CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50))), 15), 16) AS c2,
    STRTOL(RIGHT(MD5(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (("happened"))) AS varchar(20))), 15), 16) AS c3,
    STRTOL(RIGHT(MD5(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ((("occurred")) AT TIME ZONE 'UTC')) AS varchar(20))), 15), 16) AS c4,
    STRTOL(RIGHT(MD5(CAST(DATEDIFF(day, DATE '1970-01-01', (("day"))) AS varchar(20))), 15), 16) AS c5,
    STRTOL(RIGHT(MD5(CASE WHEN (("flag")) THEN '1' WHEN NOT (("flag")) THEN '0' END), 15), 16) AS c6,
    STRTOL(RIGHT(MD5(RTRIM((("code")), ' ')), 15), 16) AS c7,
    STRTOL(RIGHT(MD5(LOWER(FROM_VARBYTE((("bytes")), 'hex'))), 15), 16) AS c8,
    CAST((("score")) AS double precision) AS s0
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN DATE '2026-03-28' AND DATE '2026-03-29') OR ((("day")) BETWEEN DATE '2026-03-31' AND DATE '2026-03-31') OR (("day")) IS NULL)) r
    GROUP BY d;

-- sums of ranges of the key
SELECT d,
    b,
    COUNT(*),
    COALESCE(SUM(CAST(h AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(k AS decimal(38, 0))), 0)
    FROM (SELECT (("day")) AS d,
    (CAST((("id")) AS bigint) >> 12) AS b,
    STRTOL(RIGHT(MD5(COALESCE(CAST((("id")) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE((("name")), CHR(30)) || CHR(31) || COALESCE(CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (("happened"))) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ((("occurred")) AT TIME ZONE 'UTC')) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(day, DATE '1970-01-01', (("day"))) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CASE WHEN (("flag")) THEN '1' WHEN NOT (("flag")) THEN '0' END, CHR(30)) || CHR(31) || COALESCE(RTRIM((("code")), ' '), CHR(30)) || CHR(31) || COALESCE(LOWER(FROM_VARBYTE((("bytes")), 'hex')), CHR(30))), 15), 16) AS h,
    CAST((("id")) AS bigint) AS k
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN DATE '2026-03-28' AND DATE '2026-03-29') OR ((("day")) BETWEEN DATE '2026-03-31' AND DATE '2026-03-31') OR (("day")) IS NULL)) r
    GROUP BY d, b;

-- rows of ranges of the key
SELECT (("day")),
    STRTOL(RIGHT(MD5(COALESCE(CAST((("id")) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE((("name")), CHR(30)) || CHR(31) || COALESCE(CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (("happened"))) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ((("occurred")) AT TIME ZONE 'UTC')) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(DATEDIFF(day, DATE '1970-01-01', (("day"))) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CASE WHEN (("flag")) THEN '1' WHEN NOT (("flag")) THEN '0' END, CHR(30)) || CHR(31) || COALESCE(RTRIM((("code")), ' '), CHR(30)) || CHR(31) || COALESCE(LOWER(FROM_VARBYTE((("bytes")), 'hex')), CHR(30))), 15), 16),
    CAST((("id")) AS varchar(20))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((((("day")) BETWEEN DATE '2026-03-29' AND DATE '2026-03-29')) AND ((("id")) BETWEEN -4096 AND -1 OR (("id")) BETWEEN 28672 AND 32767)) OR (((("day")) IS NULL) AND ((("id")) IS NULL)));

-- some keys of a day
SELECT CAST((("id")) AS varchar(20))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN DATE '2026-03-29' AND DATE '2026-03-29')) LIMIT 100;

-- rows of keys
SELECT (("day")),
    CAST((("id")) AS varchar(20)),
    (("name")),
    CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50)),
    CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', (("happened"))) AS varchar(20)),
    CAST(DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ((("occurred")) AT TIME ZONE 'UTC')) AS varchar(20)),
    CAST(DATEDIFF(day, DATE '1970-01-01', (("day"))) AS varchar(20)),
    CASE WHEN (("flag")) THEN '1' WHEN NOT (("flag")) THEN '0' END,
    RTRIM((("code")), ' '),
    LOWER(FROM_VARBYTE((("bytes")), 'hex')),
    CAST((("score")) AS varchar(64))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN DATE '2026-03-28' AND DATE '2026-03-29') OR ((("day")) BETWEEN DATE '2026-03-31' AND DATE '2026-03-31') OR (("day")) IS NULL) AND ((("id")) IN (7, -7));

-- sums of buckets of a text key, by sha256, days of an instant
SELECT d,
    b,
    COUNT(*),
    COALESCE(SUM(CAST(h AS decimal(38, 0))), 0),
    0
    FROM (SELECT CAST(((("occurred")) AT TIME ZONE 'Asia/Seoul') AS date) AS d,
    (STRTOL(RIGHT(SHA2(COALESCE((("name")), CHR(30)), 256), 15), 16) & 15) AS b,
    STRTOL(RIGHT(SHA2(COALESCE((("name")), CHR(30)) || CHR(31) || COALESCE(CAST((("id")) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50)), CHR(30)), 256), 15), 16) AS h
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("occurred")) >= TIMESTAMPTZ '2026-03-28 15:00:00Z' AND (("occurred")) < TIMESTAMPTZ '2026-03-29 15:00:00Z'))) r
    GROUP BY d, b;

-- rows of buckets of a text key
SELECT CAST(((("occurred")) AT TIME ZONE 'Asia/Seoul') AS date),
    STRTOL(RIGHT(SHA2(COALESCE((("name")), CHR(30)) || CHR(31) || COALESCE(CAST((("id")) AS varchar(20)), CHR(30)) || CHR(31) || COALESCE(CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50)), CHR(30)), 256), 15), 16),
    (("name"))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((((("occurred")) >= TIMESTAMPTZ '2026-03-28 15:00:00Z' AND (("occurred")) < TIMESTAMPTZ '2026-03-29 15:00:00Z')) AND (STRTOL(RIGHT(SHA2(COALESCE((("name")), CHR(30)), 256), 15), 16) & 15) IN (3)));

-- rows of text keys
SELECT CAST(((("occurred")) AT TIME ZONE 'Asia/Seoul') AS date),
    (("name")),
    CAST((("id")) AS varchar(20)),
    CAST(CAST(ROUND((("amount")), 2) AS decimal(38, 2)) AS varchar(50))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("occurred")) >= TIMESTAMPTZ '2026-03-28 15:00:00Z' AND (("occurred")) < TIMESTAMPTZ '2026-03-29 15:00:00Z')) AND STRTOL(RIGHT(SHA2(COALESCE((("name")), CHR(30)), 256), 15), 16) IN (793949436803790585);

-- days of a timestamp
SELECT d,
    COUNT(*),
    0
    FROM (SELECT CAST((("happened")) AS date) AS d
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("happened")) >= TIMESTAMP '2026-03-28 00:00:00' AND (("happened")) < TIMESTAMP '2026-03-30 00:00:00') OR ((("happened")) >= TIMESTAMP '2026-03-31 00:00:00' AND (("happened")) < TIMESTAMP '2026-04-01 00:00:00') OR (("happened")) IS NULL)) r
    GROUP BY d;

-- distinct keys of days
SELECT d,
    COUNT(*)
    FROM (SELECT DISTINCT (("day")) AS d,
    (("name")) AS k0
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN DATE '2026-03-28' AND DATE '2026-03-31') OR (("day")) IS NULL) AND (("name")) IS NOT NULL) r
    GROUP BY d;
