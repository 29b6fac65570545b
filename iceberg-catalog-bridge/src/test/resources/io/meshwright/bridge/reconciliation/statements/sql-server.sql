-- not executed: no such server has run this

-- session
SET QUOTED_IDENTIFIER ON;
SET ANSI_NULLS ON;
SET LOCK_TIMEOUT 60000;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;

-- transaction

-- time of the server
SELECT DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), SYSUTCDATETIME());

-- handshake of md5, of integers and texts
SELECT (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'0' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'1' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-1' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'42' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'1000000007' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'2147483647' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-2147483648' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'2147483648' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-2147483649' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'4294967296' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'9223372036854775807' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-9223372036854775808' AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(NULL AS bigint))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'a' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'ab ' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'hello world' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'twelve bytes' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'thirteen byte' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'twenty-four bytes, twice!' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'it''s "quoted"' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'a|b	c
d' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'Grüße' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'日本語' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'😀' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'é' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'é' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (CAST(N'%_\path' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (CAST(N'0' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'1' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-1' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'42' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'1000000007' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'2147483647' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-2147483648' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'2147483648' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-2147483649' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'4294967296' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'9223372036854775807' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(N'-9223372036854775808' AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (CAST(NULL AS bigint))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'a' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'ab ' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'hello world' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'twelve bytes' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'thirteen byte' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'twenty-four bytes, twice!' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'it''s "quoted"' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'a|b	c
d' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'Grüße' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'日本語' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'😀' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'é' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'é' AS nvarchar(100)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (CAST(N'%_\path' AS nvarchar(100)))), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975);

-- rows of days
SELECT d,
    COUNT(*),
    COALESCE(SUM(CAST(k AS decimal(38, 0))), 0)
    FROM (SELECT CONVERT(char(10), (("day")), 23) AS d,
    CAST((("id")) AS bigint) AS k
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN CAST('2026-03-28' AS date) AND CAST('2026-03-29' AS date)) OR ((("day")) BETWEEN CAST('2026-03-31' AS date) AND CAST('2026-03-31' AS date)) OR (("day")) IS NULL)) r
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
    FROM (SELECT CONVERT(char(10), (("day")), 23) AS d,
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (("id"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST((("happened")) AS datetime2(7)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF(day, CAST('19700101' AS date), (("day")))), NCHAR(30)) + NCHAR(31) + COALESCE(CASE (("flag")) WHEN 1 THEN N'1' WHEN 0 THEN N'0' END, NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), RTRIM((("code")))), NCHAR(30)) + NCHAR(31) + COALESCE(LOWER(CONVERT(nvarchar(max), (("bytes")), 2)), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975) AS h,
    CAST((("id")) AS bigint) AS k,
    CAST((("id")) AS bigint) AS c0,
    (CAST(SUBSTRING(HASHBYTES('MD5', CONVERT(nvarchar(max), (("name")))), 9, 8) AS bigint) & 1152921504606846975) AS c1,
    (CAST(SUBSTRING(HASHBYTES('MD5', CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2)))), 9, 8) AS bigint) & 1152921504606846975) AS c2,
    (CAST(SUBSTRING(HASHBYTES('MD5', CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST((("happened")) AS datetime2(7))))), 9, 8) AS bigint) & 1152921504606846975) AS c3,
    (CAST(SUBSTRING(HASHBYTES('MD5', CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))))), 9, 8) AS bigint) & 1152921504606846975) AS c4,
    (CAST(SUBSTRING(HASHBYTES('MD5', CONVERT(nvarchar(20), DATEDIFF(day, CAST('19700101' AS date), (("day"))))), 9, 8) AS bigint) & 1152921504606846975) AS c5,
    (CAST(SUBSTRING(HASHBYTES('MD5', CASE (("flag")) WHEN 1 THEN N'1' WHEN 0 THEN N'0' END), 9, 8) AS bigint) & 1152921504606846975) AS c6,
    (CAST(SUBSTRING(HASHBYTES('MD5', CONVERT(nvarchar(max), RTRIM((("code"))))), 9, 8) AS bigint) & 1152921504606846975) AS c7,
    (CAST(SUBSTRING(HASHBYTES('MD5', LOWER(CONVERT(nvarchar(max), (("bytes")), 2))), 9, 8) AS bigint) & 1152921504606846975) AS c8,
    CAST((("score")) AS float) AS s0
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN CAST('2026-03-28' AS date) AND CAST('2026-03-29' AS date)) OR ((("day")) BETWEEN CAST('2026-03-31' AS date) AND CAST('2026-03-31' AS date)) OR (("day")) IS NULL)) r
    GROUP BY d;

-- sums of ranges of the key
SELECT d,
    b,
    COUNT(*),
    COALESCE(SUM(CAST(h AS decimal(38, 0))), 0),
    COALESCE(SUM(CAST(k AS decimal(38, 0))), 0)
    FROM (SELECT CONVERT(char(10), (("day")), 23) AS d,
    ((CAST((("id")) AS bigint) - (CAST((("id")) AS bigint) % 4096 + 4096) % 4096) / 4096) AS b,
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (("id"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST((("happened")) AS datetime2(7)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF(day, CAST('19700101' AS date), (("day")))), NCHAR(30)) + NCHAR(31) + COALESCE(CASE (("flag")) WHEN 1 THEN N'1' WHEN 0 THEN N'0' END, NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), RTRIM((("code")))), NCHAR(30)) + NCHAR(31) + COALESCE(LOWER(CONVERT(nvarchar(max), (("bytes")), 2)), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975) AS h,
    CAST((("id")) AS bigint) AS k
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN CAST('2026-03-28' AS date) AND CAST('2026-03-29' AS date)) OR ((("day")) BETWEEN CAST('2026-03-31' AS date) AND CAST('2026-03-31' AS date)) OR (("day")) IS NULL)) r
    GROUP BY d, b;

-- rows of ranges of the key
SELECT CONVERT(char(10), (("day")), 23),
    (CAST(SUBSTRING(HASHBYTES('MD5', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(20), (("id"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST((("happened")) AS datetime2(7)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7)))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), DATEDIFF(day, CAST('19700101' AS date), (("day")))), NCHAR(30)) + NCHAR(31) + COALESCE(CASE (("flag")) WHEN 1 THEN N'1' WHEN 0 THEN N'0' END, NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(max), RTRIM((("code")))), NCHAR(30)) + NCHAR(31) + COALESCE(LOWER(CONVERT(nvarchar(max), (("bytes")), 2)), NCHAR(30))), 9, 8) AS bigint) & 1152921504606846975),
    CONVERT(nvarchar(20), (("id")))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((((("day")) BETWEEN CAST('2026-03-29' AS date) AND CAST('2026-03-29' AS date))) AND ((("id")) BETWEEN -4096 AND -1 OR (("id")) BETWEEN 28672 AND 32767)) OR (((("day")) IS NULL) AND ((("id")) IS NULL)));

-- some keys of a day
SELECT CONVERT(nvarchar(20), (("id")))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN CAST('2026-03-29' AS date) AND CAST('2026-03-29' AS date))) ORDER BY (SELECT NULL) OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY;

-- rows of keys
SELECT CONVERT(char(10), (("day")), 23),
    CONVERT(nvarchar(20), (("id"))),
    CONVERT(nvarchar(max), (("name"))),
    CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2))),
    CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST((("happened")) AS datetime2(7)))),
    CONVERT(nvarchar(20), DATEDIFF_BIG(microsecond, CAST('19700101' AS datetime2(7)), CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7)))),
    CONVERT(nvarchar(20), DATEDIFF(day, CAST('19700101' AS date), (("day")))),
    CASE (("flag")) WHEN 1 THEN N'1' WHEN 0 THEN N'0' END,
    CONVERT(nvarchar(max), RTRIM((("code")))),
    LOWER(CONVERT(nvarchar(max), (("bytes")), 2)),
    CONVERT(nvarchar(40), (("score")), 3)
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN CAST('2026-03-28' AS date) AND CAST('2026-03-29' AS date)) OR ((("day")) BETWEEN CAST('2026-03-31' AS date) AND CAST('2026-03-31' AS date)) OR (("day")) IS NULL) AND ((("id")) IN (7, -7));

-- sums of buckets of a text key, by sha256, days of an instant
SELECT d,
    b,
    COUNT(*),
    COALESCE(SUM(CAST(h AS decimal(38, 0))), 0),
    0
    FROM (SELECT CONVERT(char(10), CASE WHEN (("occurred")) >= CAST('1988-10-08T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1988-05-07T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 36000, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1987-10-10T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1987-05-09T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 36000, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) ELSE CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) END, 23) AS d,
    ((CAST(SUBSTRING(HASHBYTES('SHA2_256', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30))), 25, 8) AS bigint) & 1152921504606846975) & 15) AS b,
    (CAST(SUBSTRING(HASHBYTES('SHA2_256', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (("id"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2))), NCHAR(30))), 25, 8) AS bigint) & 1152921504606846975) AS h
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("occurred")) >= CAST('2026-03-28T15:00:00+00:00' AS datetimeoffset(0)) AND (("occurred")) < CAST('2026-03-29T15:00:00+00:00' AS datetimeoffset(0))))) r
    GROUP BY d, b;

-- rows of buckets of a text key
SELECT CONVERT(char(10), CASE WHEN (("occurred")) >= CAST('1988-10-08T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1988-05-07T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 36000, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1987-10-10T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1987-05-09T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 36000, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) ELSE CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) END, 23),
    (CAST(SUBSTRING(HASHBYTES('SHA2_256', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(20), (("id"))), NCHAR(30)) + NCHAR(31) + COALESCE(CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2))), NCHAR(30))), 25, 8) AS bigint) & 1152921504606846975),
    CONVERT(nvarchar(max), (("name")))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((((("occurred")) >= CAST('2026-03-28T15:00:00+00:00' AS datetimeoffset(0)) AND (("occurred")) < CAST('2026-03-29T15:00:00+00:00' AS datetimeoffset(0)))) AND ((CAST(SUBSTRING(HASHBYTES('SHA2_256', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30))), 25, 8) AS bigint) & 1152921504606846975) & 15) IN (3)));

-- rows of text keys
SELECT CONVERT(char(10), CASE WHEN (("occurred")) >= CAST('1988-10-08T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1988-05-07T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 36000, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1987-10-10T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) WHEN (("occurred")) >= CAST('1987-05-09T17:00:00+00:00' AS datetimeoffset(0)) THEN CAST(DATEADD(second, 36000, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) ELSE CAST(DATEADD(second, 32400, CAST(SWITCHOFFSET((("occurred")), '+00:00') AS datetime2(7))) AS date) END, 23),
    CONVERT(nvarchar(max), (("name"))),
    CONVERT(nvarchar(20), (("id"))),
    CONVERT(nvarchar(50), CAST(ROUND((("amount")), 2) AS decimal(38, 2)))
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("occurred")) >= CAST('2026-03-28T15:00:00+00:00' AS datetimeoffset(0)) AND (("occurred")) < CAST('2026-03-29T15:00:00+00:00' AS datetimeoffset(0)))) AND (CAST(SUBSTRING(HASHBYTES('SHA2_256', CAST(N'' AS nvarchar(max)) + COALESCE(CONVERT(nvarchar(max), (("name"))), NCHAR(30))), 25, 8) AS bigint) & 1152921504606846975) IN (588568955351193151);

-- days of a timestamp
SELECT d,
    COUNT(*),
    0
    FROM (SELECT CONVERT(char(10), CAST((("happened")) AS date), 23) AS d
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("happened")) >= CAST('2026-03-28T00:00:00' AS datetime2(0)) AND (("happened")) < CAST('2026-03-30T00:00:00' AS datetime2(0))) OR ((("happened")) >= CAST('2026-03-31T00:00:00' AS datetime2(0)) AND (("happened")) < CAST('2026-04-01T00:00:00' AS datetime2(0))) OR (("happened")) IS NULL)) r
    GROUP BY d;

-- distinct keys of days
SELECT d,
    COUNT(*)
    FROM (SELECT DISTINCT CONVERT(char(10), (("day")), 23) AS d,
    CAST((("name")) AS varbinary(max)) AS k0
    FROM sales.orders
    WHERE ((status <> 'TEST')) AND (((("day")) BETWEEN CAST('2026-03-28' AS date) AND CAST('2026-03-31' AS date)) OR (("day")) IS NULL) AND (("name")) IS NOT NULL) r
    GROUP BY d;
