package io.meshwright.bridge.reconciliation;

import io.meshwright.bridge.reconciliation.BaseDialectTest.Cell;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/**
 * Values that are hard to give alike, as literals and as the product has them.
 */
final class RandomCells
{
    private static final String[] LETTERS = {"a", "B", " ", "é", "e\u0301", "ß", "日", "😀", "'", "\"", "|", "\t", "\n", "%", "0"};
    private static final long MICROSECONDS = 1_000_000;

    private RandomCells() {}

    static Cell integer(Random random, int bits)
    {
        // half of them small, and all signs
        long value = random.nextLong() >> (64 - (random.nextBoolean() ? bits : Math.min(bits, 8)));
        return new Cell(String.valueOf(value), value);
    }

    /**
     * @param digits of the unscaled number
     * @param productScale of the product's column
     */
    static Cell decimal(Random random, int digits, int scale, int productScale)
    {
        BigInteger unscaled = new BigInteger(random.nextInt((int) (digits * 3.3)) + 1, random).mod(BigInteger.TEN.pow(digits));
        if (random.nextInt(4) == 0) {
            unscaled = unscaled.divide(BigInteger.TEN.pow(digits / 2)).multiply(BigInteger.TEN.pow(digits / 2));
        }
        BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled.negate() : unscaled, scale);
        return new Cell(value.toPlainString(), value.setScale(productScale, RoundingMode.HALF_UP));
    }

    static Cell timestamp(Random random, int digits)
    {
        LocalDateTime time = time(random, digits);
        return new Cell("'" + time.toString().replace("T", " ") + "'", microseconds(time));
    }

    static Cell instant(Random random, String literal)
    {
        LocalDateTime time = LocalDateTime.ofEpochSecond(random.nextInt(2_000_000_000) + 100_000L, random.nextInt(1_000_000) * 1_000, ZoneOffset.UTC);
        return new Cell(literal.formatted(time.toString().replace("T", " ")), microseconds(time));
    }

    /**
     * At noon, when no zone changes its clock.
     */
    static Cell clock(Random random, ZoneId zone)
    {
        LocalDateTime time = time(random, 6).toLocalDate().atTime(12, 0, 0, random.nextInt(1_000_000) * 1_000);
        return new Cell("'" + time.toString().replace("T", " ") + "'", time.atZone(zone).toEpochSecond() * MICROSECONDS + time.getNano() / 1_000);
    }

    static Cell date(Random random)
    {
        LocalDate date = time(random, 0).toLocalDate();
        return new Cell("'" + date + "'", date.toEpochDay());
    }

    static Cell dateAsTimestamp(Random random)
    {
        LocalDate date = time(random, 0).toLocalDate();
        return new Cell("'" + date + " 00:00:00'", date.toEpochDay());
    }

    static Cell timeOfDay(Random random)
    {
        LocalTime time = LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000);
        return new Cell("'" + time + "'", time.toNanoOfDay() / 1_000);
    }

    static Cell text(Random random, int most)
    {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int letter = 0; letter < length; letter++) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return new Cell("'" + text.toString().replace("'", "''") + "'", text.toString());
    }

    static Cell uuid(Random random)
    {
        byte[] seed = new byte[16];
        random.nextBytes(seed);
        // of a version and variant that every database takes
        UUID uuid = UUID.nameUUIDFromBytes(seed);
        return new Cell("'" + uuid + "'", uuid.toString());
    }

    static Cell bytes(Random random, String literal)
    {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return new Cell(literal.formatted(HexFormat.of().formatHex(bytes)), bytes);
    }

    private static LocalDateTime time(Random random, int digits)
    {
        // the years 1600 to 2500
        LocalDateTime time = LocalDateTime.ofEpochSecond(-11_676_096_000L + random.nextLong(28_400_000_000L), 0, ZoneOffset.UTC);
        return digits == 0 ? time : time.plusNanos(random.nextInt((int) Math.pow(10, digits)) * (long) Math.pow(10, 9 - digits));
    }

    private static long microseconds(LocalDateTime time)
    {
        return time.toEpochSecond(ZoneOffset.UTC) * MICROSECONDS + time.getNano() / 1_000;
    }
}
