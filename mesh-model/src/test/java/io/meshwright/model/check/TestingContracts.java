package io.meshwright.model.check;

import io.meshwright.model.contract.ContractField;
import io.meshwright.model.contract.ContractModel;
import io.meshwright.model.contract.DataContract;
import io.meshwright.model.contract.DataContract.Standard;
import io.meshwright.model.contract.FieldConstraints;
import io.meshwright.model.contract.FieldType;
import io.meshwright.model.contract.QualityRule;
import io.meshwright.model.contract.ThresholdSpec;
import io.meshwright.model.contract.Timeliness;
import io.meshwright.model.finding.SourceLocation;
import io.meshwright.model.sla.ServiceLevels;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Contracts made by hand, without their texts.
 */
public final class TestingContracts
{
    public static final SourceLocation SOURCE = new SourceLocation("contract.yaml", 1, 1);

    private TestingContracts() {}

    public static DataContract contract(ContractModel model, ServiceLevels levels)
    {
        return new DataContract(
                Standard.DCS,
                "1.1.0",
                "orders",
                "1.0.0",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(model),
                levels,
                Optional.empty(),
                Timeliness.NONE,
                List.of());
    }

    public static ContractModel model(String name, List<ContractField> fields, QualityRule... rules)
    {
        return new ContractModel(name, Optional.empty(), Optional.empty(), fields, List.of(rules), List.of(), SOURCE, "models." + name);
    }

    public static ContractField field(String name, FieldType type)
    {
        return field(name, type, false, false, OptionalInt.empty(), FieldConstraints.NONE);
    }

    public static ContractField required(String name, FieldType type)
    {
        return field(name, type, true, false, OptionalInt.empty(), FieldConstraints.NONE);
    }

    public static ContractField field(String name, FieldType type, boolean required, boolean unique, OptionalInt key, FieldConstraints constraints, QualityRule... rules)
    {
        return new ContractField(
                name,
                type,
                type.label(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                required,
                unique,
                key.isPresent(),
                key,
                Optional.empty(),
                constraints,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(rules),
                SOURCE,
                "models.m.fields." + name);
    }

    public static QualityRule library(String metric, ThresholdSpec.Operator operator, String value, Map<String, List<String>> arguments)
    {
        return rule(QualityRule.Type.LIBRARY, Optional.of(metric), Optional.empty(), List.of(threshold(operator, value)), "rows", Optional.empty(), arguments);
    }

    public static QualityRule sql(String query, ThresholdSpec.Operator operator, String value)
    {
        return rule(QualityRule.Type.SQL, Optional.empty(), Optional.of(query), List.of(threshold(operator, value)), "rows", Optional.empty(), Map.of());
    }

    public static QualityRule rule(
            QualityRule.Type type,
            Optional<String> metric,
            Optional<String> query,
            List<ThresholdSpec> thresholds,
            String unit,
            Optional<String> severity,
            Map<String, List<String>> arguments)
    {
        return new QualityRule(type, Optional.empty(), Optional.empty(), metric, query, thresholds, unit, Optional.empty(), severity, arguments, SOURCE, "models.m.quality[0]");
    }

    public static ThresholdSpec threshold(ThresholdSpec.Operator operator, String value)
    {
        return new ThresholdSpec(operator, List.of(new BigDecimal(value)));
    }
}
