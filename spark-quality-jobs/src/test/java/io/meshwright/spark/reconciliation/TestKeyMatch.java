package io.meshwright.spark.reconciliation;

import com.google.common.collect.ImmutableList;
import io.meshwright.bridge.reconciliation.KeyDifferences;
import io.meshwright.bridge.reconciliation.KeyDifferences.Counts;
import io.meshwright.bridge.reconciliation.KeyDifferences.DifferingKey;
import io.meshwright.bridge.reconciliation.KeyDifferences.Kind;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever keys there are and however rows are dealt, differences are those that a map of lists gives.
 */
final class TestKeyMatch
{
    private static final List<String> WINDOWS = ImmutableList.of("2026-11-19", "2026-11-20", "null");
    private static final List<Object> PARTS = Arrays.asList(
            null, 0L, 1L, -1L, Long.MIN_VALUE, "", "a", "A", "a ", "Zoë", "😀", new BigDecimal("1.50"), new BigDecimal("-0.01"), new BigDecimal("0.00"), true, false, 1.5, "\u0000", "1");

    private record Group(int window, List<Object> key) {}

    private record Row(byte side, Group group, long hash) {}

    @Test
    void testEqualsNaiveComparison()
    {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            List<Row> rows = rows(random);
            Map<Group, List<List<Long>>> groups = new HashMap<>();
            rows.forEach(row -> groups.computeIfAbsent(row.group(), unused -> List.of(new ArrayList<>(), new ArrayList<>())).get(row.side()).add(row.hash()));
            Map<String, Counts> expected = new HashMap<>();
            Map<Kind, Set<Group>> keys = new HashMap<>();
            groups.forEach((group, sides) -> {
                List<Long> legacy = new ArrayList<>(sides.get(KeyedRows.LEGACY));
                List<Long> mesh = new ArrayList<>(sides.get(KeyedRows.MESH));
                sides.get(KeyedRows.LEGACY).forEach(hash -> {
                    if (mesh.remove(hash)) {
                        legacy.remove(hash);
                    }
                });
                long[] found = new long[Kind.values().length];
                if (sides.get(KeyedRows.MESH).isEmpty()) {
                    found[Kind.MISSING.ordinal()] = legacy.size();
                }
                else if (sides.get(KeyedRows.LEGACY).isEmpty()) {
                    found[Kind.EXTRA.ordinal()] = mesh.size();
                }
                else {
                    found[Kind.CHANGED.ordinal()] = Math.min(legacy.size(), mesh.size());
                    found[Kind.DUPLICATE.ordinal()] = Math.abs(legacy.size() - mesh.size());
                }
                for (Kind kind : Kind.values()) {
                    if (found[kind.ordinal()] > 0) {
                        keys.computeIfAbsent(kind, unused -> new HashSet<>()).add(group);
                    }
                }
                if (!legacy.isEmpty() || !mesh.isEmpty()) {
                    expected.merge(
                            WINDOWS.get(group.window()),
                            new Counts(found[0], found[1], found[2], found[3]),
                            (left, right) -> new Counts(left.missing() + right.missing(), left.extra() + right.extra(), left.changed() + right.changed(), left.duplicate() + right.duplicate()));
                }
            });
            int sample = random.nextInt(20);
            KeyDifferences one = compare(rows, 1, sample);
            KeyDifferences many = compare(rows, 7, sample);
            assertThat(one.byWindow()).as("seed %s", seed).isEqualTo(expected);
            assertThat(many).as("seed %s", seed).isEqualTo(one);
            for (Kind kind : Kind.values()) {
                List<Group> named = one.sample().stream().filter(key -> key.kind() == kind).map(TestKeyMatch::group).toList();
                assertThat(named).as("seed %s, %s", seed, kind).hasSize(Math.min(sample, keys.getOrDefault(kind, Set.of()).size())).doesNotHaveDuplicates();
                assertThat(keys.getOrDefault(kind, Set.of())).containsAll(named);
            }
        }
    }

    private static Group group(DifferingKey key)
    {
        return new Group(WINDOWS.indexOf(key.window()), normal(key.key()));
    }

    private static KeyDifferences compare(List<Row> rows, int buckets, int sample)
    {
        Iterator<Row> left = rows.iterator();
        KeyBytes bytes = new KeyBytes();
        KeyedRowChunks chunks = new KeyedRowChunks(buckets)
        {
            @Override
            boolean addNext()
            {
                if (!left.hasNext()) {
                    return false;
                }
                Row row = left.next();
                bytes.encode(row.group().window(), row.group().key());
                add(row.side(), bytes.bytes(), 0, bytes.length(), row.hash());
                return true;
            }
        };
        Map<Integer, List<Tuple2<Integer, byte[]>>> dealt = new HashMap<>();
        chunks.forEachRemaining(chunk -> dealt.computeIfAbsent(chunk._1(), unused -> new ArrayList<>()).add(chunk));
        return dealt.values().stream()
                .map(bucket -> KeyMatch.tally(bucket.iterator(), sample).next())
                .reduce(new KeyTally(sample), KeyTally::plus)
                .differences(WINDOWS);
    }

    private static List<Row> rows(Random random)
    {
        List<Row> rows = new ArrayList<>();
        int count = random.nextInt(2_000);
        int width = 1 + random.nextInt(3);
        for (int index = 0; index < count; index++) {
            List<Object> key = new ArrayList<>();
            for (int part = 0; part < width; part++) {
                key.add(random.nextInt(10) == 0 ? (Object) (long) random.nextInt(500) : PARTS.get(random.nextInt(PARTS.size())));
            }
            Group group = new Group(random.nextInt(WINDOWS.size()), normal(key));
            long hash = random.nextInt(3);
            for (byte side : random.nextInt(3) == 0 ? new byte[] {(byte) random.nextInt(2)} : new byte[] {KeyedRows.LEGACY, KeyedRows.MESH}) {
                rows.add(new Row(side, group, random.nextInt(20) == 0 ? hash + 1 : hash));
            }
        }
        return rows;
    }

    private static List<Object> normal(List<Object> key)
    {
        List<Object> normal = new ArrayList<>();
        key.forEach(value -> normal.add(value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value));
        return normal;
    }

    @Test
    void testKeysComeBackAsTheyWere()
    {
        for (Object part : PARTS) {
            List<Object> key = Arrays.asList(part, "x", null);
            assertThat(normal(new KeyBytes().decode(new KeyBytes().encode(300, key).copy()).key())).isEqualTo(normal(key));
        }
        byte[] binary = {0, 1, -1};
        KeyBytes.WindowKey found = new KeyBytes().decode(new KeyBytes().encode(2, List.of(binary)).copy());
        assertThat(found.window()).isEqualTo(2);
        assertThat((byte[]) found.key().get(0)).isEqualTo(binary);
        assertThat(new KeyBytes().encode(0, List.of("a", "bc")).copy()).isNotEqualTo(new KeyBytes().encode(0, List.of("ab", "c")).copy());
    }
}
