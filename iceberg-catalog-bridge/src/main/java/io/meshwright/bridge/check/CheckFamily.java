package io.meshwright.bridge.check;

import io.meshwright.bridge.evidence.FileEvidence;
import io.meshwright.model.check.FileMeasure;

import java.util.Set;

/**
 * Answers the checks of one or more kinds of {@link io.meshwright.model.check.Measure}, from what metadata tells to what has to be read. A run calls the
 * methods in the order that they have here; each looks only at checks that have no result yet, and {@link RunResults#attempt} keeps the failure of one check
 * from the others.
 *
 * <p>A new kind of measure is added here. One that adds up over data files is a {@link FileMeasure} and joins {@link FileChecks}. Any other (a percentile, a
 * reference to another product, a distribution) becomes a family of its own: a class beside {@link KeyChecks} and {@link StatementChecks}, a line in the list
 * of {@link CheckRun}, and a method of {@link TableReader} that reads what it needs. What compares figures with those of former runs needs no reader and
 * answers in {@link #conclude}.
 */
interface CheckFamily
{
    /**
     * Answers what the schema and the manifest list tell.
     */
    default void answer() {}

    /**
     * What is asked of each data file, of columns that the table has.
     */
    default Set<FileMeasure> measures()
    {
        return Set.of();
    }

    /**
     * Whether rows have to be read for a verdict.
     */
    default boolean needsReader(FileEvidence files)
    {
        return false;
    }

    /**
     * Reads what is open. This is the only time at which data files are read, so rows that break a rule are collected here as well.
     */
    default void read(FileEvidence files, TableReader reader) {}

    /**
     * Turns figures into results.
     */
    default void conclude(FileEvidence files) {}
}
