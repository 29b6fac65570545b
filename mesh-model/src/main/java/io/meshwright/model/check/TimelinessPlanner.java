package io.meshwright.model.check;

import io.meshwright.model.check.CheckPlan.Unchecked;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.contract.Timeliness;
import io.meshwright.model.sla.FreshnessSource;
import io.meshwright.model.sla.ServiceLevels.Freshness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a contract promises of time as checks: retention, latency and frequency.
 */
final class TimelinessPlanner
{
    interface Sink
    {
        void add(String name, Optional<String> field, CheckMetric metric, Measure measure, String path);
    }

    private final ContractModel model;
    private final List<Unchecked> notChecked = new ArrayList<>();

    TimelinessPlanner(ContractModel model)
    {
        this.model = requireNonNull(model, "model is null");
    }

    List<Unchecked> notChecked()
    {
        return notChecked;
    }

    void plan(Timeliness promised, Sink checks)
    {
        promised.retention().ifPresent(retention -> {
            if (retention.timestampField().isEmpty()) {
                notChecked.add(new Unchecked("servicelevels.retention", "No timestamp field tells how old a row is"));
                return;
            }
            String field = local(retention.timestampField().orElseThrow());
            Measure measure = isTime(field) ? new Measure.Retention(field, retention.period()) : noTime(field, "retention");
            checks.add("retention", Optional.of(field), CheckMetric.RETENTION, measure, "servicelevels.retention");
        });
        promised.latency().ifPresent(latency -> {
            if (latency.sourceField().isEmpty()) {
                notChecked.add(new Unchecked("servicelevels.latency", "No timestamp field tells when something happened at the source"));
                return;
            }
            String source = local(latency.sourceField().orElseThrow());
            Optional<String> processed = latency.processedField().map(this::local);
            Measure measure = new Measure.Latency(source, processed, latency.threshold());
            if (processed.filter(name -> !isTime(name)).isPresent()) {
                measure = noTime(processed.orElseThrow(), "latency");
            }
            if (!isTime(source)) {
                measure = noTime(source, "latency");
            }
            checks.add("latency", Optional.of(source), CheckMetric.LATENCY, measure, "servicelevels.latency");
        });
        promised.interval().ifPresent(interval -> checks.add(
                "frequency",
                Optional.empty(),
                CheckMetric.FREQUENCY,
                new Measure.Age(new Freshness(Optional.of(interval), false, Optional.empty(), Optional.empty(), Optional.empty()), FreshnessSource.LAST_DATA_COMMIT),
                "servicelevels.frequency"));
    }

    private String local(String field)
    {
        return field.startsWith(model.name() + ".") ? field.substring(model.name().length() + 1) : field;
    }

    private boolean isTime(String name)
    {
        return model.field(name).filter(field -> field.type() == FieldType.DATE || field.type() == FieldType.TIMESTAMP || field.type() == FieldType.TIMESTAMP_NTZ).isPresent();
    }

    private static Measure noTime(String field, String level)
    {
        return new Measure.CannotRun("The timestamp field %s of %s is no date or timestamp of the model".formatted(field, level));
    }
}
