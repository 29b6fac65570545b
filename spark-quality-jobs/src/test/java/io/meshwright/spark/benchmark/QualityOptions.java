package io.meshwright.spark.benchmark;

import com.google.common.collect.ImmutableList;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * @param scale of TPC-H; 1 has six million line items
 * @param keys rows of the table with a key of text
 * @param wideRows rows of the wide table
 * @param heap of each measured JVM
 */
record QualityOptions(double scale, long keys, long wideRows, int warmUps, int runs, int cores, String heap, List<QualityCase> cases)
{
    private static final String USAGE = "Options: --scale N --keys N --wide-rows N --warm-ups N --runs N --cores N --heap SIZE --case NAME";

    QualityOptions
    {
        checkArgument(scale > 0, "--scale is not positive");
        checkArgument(keys > 0, "--keys is not positive");
        checkArgument(wideRows > 0, "--wide-rows is not positive");
        checkArgument(warmUps >= 0, "--warm-ups is negative");
        checkArgument(runs > 0, "--runs is not positive");
        checkArgument(cores > 0, "--cores is not positive");
        cases = ImmutableList.copyOf(cases);
    }

    static QualityOptions parse(String[] arguments)
    {
        double scale = 1;
        long keys = 60_000_000;
        long wideRows = 5_000_000;
        int warmUps = 1;
        int runs = 3;
        int cores = 2;
        String heap = "6g";
        List<QualityCase> cases = new ArrayList<>();
        checkArgument(arguments.length % 2 == 0, USAGE);
        for (int index = 0; index < arguments.length; index += 2) {
            String value = arguments[index + 1];
            switch (arguments[index]) {
                case "--scale" -> scale = Double.parseDouble(value);
                case "--keys" -> keys = Long.parseLong(value);
                case "--wide-rows" -> wideRows = Long.parseLong(value);
                case "--warm-ups" -> warmUps = Integer.parseInt(value);
                case "--runs" -> runs = Integer.parseInt(value);
                case "--cores" -> cores = Integer.parseInt(value);
                case "--heap" -> heap = value;
                case "--case" -> cases.add(QualityCase.valueOf(value.toUpperCase(Locale.ROOT)));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (cases.isEmpty()) {
            List.of(QualityCase.values()).stream().filter(QualityCase::isLineItems).forEach(cases::add);
        }
        return new QualityOptions(scale, keys, wideRows, warmUps, runs, cores, heap, cases);
    }

    String folderName()
    {
        return "scale-" + scale + "-keys-" + keys + "-wide-" + wideRows;
    }
}
