package io.meshwright.trino.control;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import io.meshwright.bridge.registry.ContractRow;
import io.meshwright.bridge.registry.ProductRow;
import io.meshwright.bridge.result.SlaRow;
import io.meshwright.model.check.CheckStatus;
import io.meshwright.model.product.DataProductSpec;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.PortType;
import io.meshwright.model.product.Sensitivity;
import io.meshwright.model.sla.SlaEvaluator;
import io.meshwright.model.sla.SloStatus;
import io.meshwright.trino.control.LatestResults.Reconciliation;
import io.meshwright.trino.control.LatestResults.TestRun;
import io.meshwright.trino.product.Product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

/**
 * The products that the reader may find, and how they are.
 */
final class ProductTable
{
    /**
     * What was measured, read when a column of it is asked for: without it, products are still listed.
     */
    private record Measured(
            Supplier<Map<String, Map<String, SlaRow>>> sla,
            Supplier<Map<String, Map<String, TestRun>>> tests,
            Supplier<Map<String, Reconciliation>> reconciliations,
            Instant now) {}

    record State(Product product, boolean mayRead, boolean seesClear, Measured measured, Optional<Duration> registryAge)
    {
        /**
         * Empty where it is not promised.
         */
        Optional<Objective> freshness()
        {
            return ProductTable.freshness(product, measured.sla().get().getOrDefault(product.address(), ImmutableMap.of()), measured.now());
        }

        Collection<TestRun> tests()
        {
            return measured.tests().get().getOrDefault(product.address(), ImmutableMap.of()).values();
        }

        Optional<Reconciliation> reconciliation()
        {
            return Optional.ofNullable(measured.reconciliations().get().get(product.address()));
        }

        Optional<DataProductSpec> spec()
        {
            return product.spec();
        }

        Optional<ProductRow> registration()
        {
            return product.registration();
        }

        Optional<OutputPort> port()
        {
            return spec().flatMap(DataProductSpec::queryablePort);
        }

        Optional<Boolean> stale()
        {
            return freshness().map(Objective::status).filter(status -> status != SloStatus.UNKNOWN).map(status -> status == SloStatus.MISSED);
        }
    }

    static final ControlColumns<State> COLUMNS = ControlColumns.<State>builder()
            .text("product", "Address of the product, domain.product", state -> state.product().address())
            .text("sql_schema", "Schema of the product in SQL", state -> state.product().name().getSchemaName())
            .text("sql_table", "Table of the product in SQL", state -> state.product().name().getTableName())
            .optionalText("owner", "Whom to ask", state -> state.spec().map(DataProductSpec::owner))
            .optionalText("description", "What the product is, in its owner's words", state -> state.spec().flatMap(DataProductSpec::description))
            .texts("tags", "Tags of the product", state -> state.spec().map(DataProductSpec::tags).orElse(List.of()))
            .optionalText("version", "The product's own version, where it declares one", state -> state.spec().flatMap(DataProductSpec::version))
            .optionalText("contract_version", "Version of the contract behind the address", state -> state.port()
                    .flatMap(port -> state.registration().flatMap(row -> row.contract(port.name())))
                    .map(ContractRow::version))
            .optionalText("port_type", "What the address stands for: iceberg or view; null when it cannot be asked by SQL", state -> state.port().map(OutputPort::type).map(PortType::label))
            .optionalText("sensitivity", "public, internal, confidential or restricted, where it is declared", state -> state.spec().flatMap(spec -> spec.classification().sensitivity()).map(Sensitivity::label))
            .optionalBool("contains_pii", "Whether the product declares personal data", state -> state.spec().map(spec -> spec.classification().containsPii()))
            .optionalText("residency", "Region that the data must not leave, where it is declared", state -> state.spec().flatMap(spec -> spec.classification().residency()))
            .optionalText("discovery", "public or private", state -> state.spec().map(spec -> spec.access().discovery().name().toLowerCase(Locale.ROOT)))
            .bool("may_read", "Whether you may read it", State::mayRead)
            .bool("sees_clear", "Whether you see it without masks", State::seesClear)
            .optionalText("problem", "Why it cannot be read by anybody; null when nothing is known to be wrong", state -> state.product().port() instanceof Product.Unservable unservable ? Optional.of(unservable.reason()) : Optional.empty())
            .optionalText("freshness_status", "met, missed or unknown, by the last measurement; null when it is not promised", state -> state.freshness().map(objective -> objective.status().label()))
            .optionalTimestamp("freshness_measured_at", "When freshness was measured last", state -> state.freshness().flatMap(objective -> objective.result().measuredAt()))
            .optionalBool("stale", "Whether the data is older than promised; null when that is not known or not promised", State::stale)
            .optionalText("quality_status", "The worst of the last contract test: passed, warning, failed, error or skipped; null when it was never tested", state -> LatestResults.worst(state.tests()).map(CheckStatus::label))
            .optionalTimestamp("quality_tested_at", "When the contract was tested last", state -> state.tests().stream().map(TestRun::finishedAt).max(naturalOrder()))
            .optionalText("reconciliation_verdict", "ok, breach or unknown, of the last comparison with the legacy table; null when there was none", state -> state.reconciliation().map(Reconciliation::verdict))
            .optionalBigint("revision", "Number of the registration", state -> state.registration().map(row -> OptionalLong.of(row.revision())).orElse(OptionalLong.empty()))
            .optionalTimestamp("registered_at", "When it was registered", state -> state.registration().map(ProductRow::registeredAt))
            .optionalText("registered_by", "Who registered it", state -> state.registration().map(ProductRow::registeredBy))
            .optionalBigint("registry_age_seconds", "How long the registry has not answered, so that this is the last known state; null when it did", state -> state.registryAge()
                    .map(age -> OptionalLong.of(age.toSeconds()))
                    .orElse(OptionalLong.empty()))
            .build();

    private final ControlAccess access;
    private final LatestResults results;
    private final Clock clock;

    ProductTable(ControlAccess access, LatestResults results, Clock clock)
    {
        this.access = requireNonNull(access, "access is null");
        this.results = requireNonNull(results, "results is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    ControlRows<State> rows(ControlRequest request)
    {
        Measured measured = new Measured(
                Suppliers.memoize(() -> read(results::sla)),
                Suppliers.memoize(() -> read(results::tests)),
                Suppliers.memoize(() -> read(results::reconciliations)),
                clock.instant());
        return ControlRows.of(
                request.products().all().stream()
                        .filter(product -> request.asks(product.address()))
                        .filter(product -> access.finds(product, request.identity())),
                (product, rows) -> rows.accept(new State(
                        product,
                        access.reads(product, request.identity()),
                        access.readers().seesClearValues(product, request.identity()),
                        measured,
                        request.products().staleFor())));
    }

    private interface Reading<T>
    {
        T read()
                throws IOException;
    }

    private static <T> T read(Reading<T> reading)
    {
        try {
            return reading.read();
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Objective> freshness(Product product, Map<String, SlaRow> last, Instant now)
    {
        if (product.spec().isEmpty()) {
            return Optional.empty();
        }
        return Objective.of(product, last, Optional.empty(), now).stream()
                .filter(objective -> objective.result().slo().equals(SlaEvaluator.FRESHNESS))
                .findFirst();
    }
}
