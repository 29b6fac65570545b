package io.meshwright.spark.job;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import io.meshwright.model.check.CheckRule;
import io.meshwright.model.finding.MeshException;
import io.meshwright.model.yaml.DidYouMean;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import static com.google.common.collect.Sets.union;
import static io.meshwright.model.finding.MeshException.Cause.USER;

/**
 * The arguments of a job: {@code --name value} or {@code --name=value}. The grammar is written down in {@code docs/spark-submit.md}.
 */
final class JobArguments
{
    private static final String NO_RECORD = "no-record";
    // names that take no value
    private static final Set<String> FLAGS = Set.of(NO_RECORD, "publish", "allow-warnings", "full");
    private static final Set<String> COMMON = Set.of("config", "product", "server", "run-id", "result-file", NO_RECORD);

    private final ListMultimap<String, String> values;
    private final String newRunId = UUID.randomUUID().toString();

    private JobArguments(ListMultimap<String, String> values)
    {
        this.values = values;
    }

    /**
     * @param own the names that this job takes next to the common ones
     */
    static JobArguments parse(String[] arguments, Set<String> own)
    {
        Set<String> known = union(COMMON, own);
        ImmutableListMultimap.Builder<String, String> values = ImmutableListMultimap.builder();
        for (int index = 0; index < arguments.length; index++) {
            String argument = arguments[index];
            String name = argument.replaceFirst("^--", "").replaceFirst("=.*", "");
            if (!argument.startsWith("--") || !known.contains(name)) {
                String meant = DidYouMean.suggest(name, known).map(", did you mean --%s?"::formatted).orElse("");
                throw wrong("Unknown argument %s%s".formatted(argument, meant), "use --" + String.join(", --", known.stream().sorted().toList()));
            }
            if (FLAGS.contains(name)) {
                values.put(name, "true");
            }
            else if (argument.contains("=")) {
                values.put(name, argument.substring(argument.indexOf('=') + 1));
            }
            else if (index + 1 < arguments.length) {
                index++;
                values.put(name, arguments[index]);
            }
            else {
                throw wrong("--%s has no value".formatted(name), "write --%s VALUE".formatted(name));
            }
        }
        return new JobArguments(values.build());
    }

    Optional<String> text(String name)
    {
        List<String> found = values.get(name);
        if (found.size() > 1) {
            throw wrong("--%s is given %s times".formatted(name, found.size()), "give it once");
        }
        return found.stream().findFirst();
    }

    List<String> texts(String name)
    {
        return values.get(name);
    }

    String product()
    {
        return text("product").orElseThrow(() -> wrong("--product is missing", "name the product, for example --product orders.order-events"));
    }

    Optional<Path> path(String name)
    {
        return text(name).map(Path::of);
    }

    Optional<LocalDate> date(String name)
    {
        return text(name).map(text -> {
            try {
                return LocalDate.parse(text);
            }
            catch (DateTimeException e) {
                throw wrong("--%s is no date: %s".formatted(name, text), "write it like 2026-11-20");
            }
        });
    }

    Optional<ZoneId> zone()
    {
        return text("zone").map(text -> {
            try {
                return ZoneId.of(text);
            }
            catch (DateTimeException e) {
                throw wrong("--zone is no time zone: " + text, "write it like UTC or Europe/Berlin");
            }
        });
    }

    String runId()
    {
        return text("run-id").orElse(newRunId);
    }

    boolean has(String flag)
    {
        return values.containsKey(flag);
    }

    boolean record()
    {
        return !has(NO_RECORD);
    }

    static MeshException wrong(String message, String fix)
    {
        return new MeshException(CheckRule.JOB_ARGUMENT, USER, message, fix);
    }
}
