package io.meshwright.model.contract;

import io.meshwright.model.sla.ServiceLevels;
import io.meshwright.model.sla.SlaEvaluator;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TestContractServiceLevels
{
    @Test
    void testLatencyIsAnObjective()
    {
        ServiceLevels levels = read("latency: {threshold: 25h, sourceTimestampField: orders.at}");
        assertThat(levels.latency()).contains(Duration.ofHours(25));
        assertThat(SlaEvaluator.declared(levels)).containsExactly("latency");
        assertThat(SlaEvaluator.declared(read("retention: {period: P1Y}"))).isEmpty();
    }

    @Test
    void testTheProductsOwnLatencyWins()
    {
        ServiceLevels own = new ServiceLevels(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ofMinutes(5)), Optional.empty());
        ServiceLevels levels = read("latency: {threshold: 25h}");
        assertThat(own.completedBy(levels).latency()).contains(Duration.ofMinutes(5));
        assertThat(ServiceLevels.NONE.completedBy(levels).latency()).contains(Duration.ofHours(25));
    }

    private static ServiceLevels read(String level)
    {
        return ContractFixtures.read(
                """
                dataContractSpecification: 1.2.1
                id: orders
                info: {title: Orders, version: 1.0.0, owner: orders@shop.example}
                models:
                  orders: {type: table, fields: {at: {type: timestamp}}}
                servicelevels:
                  %s
                """.formatted(level)).serviceLevels();
    }
}
