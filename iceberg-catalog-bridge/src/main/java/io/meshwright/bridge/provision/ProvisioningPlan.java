package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableList;
import io.meshwright.model.finding.Finding;
import io.meshwright.model.product.OutputPort;
import io.meshwright.model.product.ProductAddress;

import java.util.List;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

/**
 * What has to be done so that a product's tables are as its contracts say. With refusals nothing is done.
 */
public final class ProvisioningPlan
{
    /**
     * @param missing what a reader of the contract would miss in the table
     */
    public record PortState(OutputPort port, String table, boolean exists, List<String> missing)
    {
        public PortState
        {
            requireNonNull(port, "port is null");
            requireNonNull(table, "table is null");
            missing = ImmutableList.copyOf(missing);
        }
    }

    private final ProductAddress address;
    private final List<PlanStep> steps;
    private final List<Finding> refusals;
    private final List<TableTask> tasks;

    ProvisioningPlan(ProductAddress address, List<PlanStep> steps, List<Finding> refusals, List<TableTask> tasks)
    {
        this.address = requireNonNull(address, "address is null");
        this.steps = ImmutableList.copyOf(steps);
        this.refusals = ImmutableList.copyOf(refusals);
        this.tasks = ImmutableList.copyOf(tasks);
    }

    public ProductAddress address()
    {
        return address;
    }

    public List<PlanStep> steps()
    {
        return steps;
    }

    public List<Finding> refusals()
    {
        return refusals;
    }

    public boolean isPossible()
    {
        return refusals.isEmpty();
    }

    /**
     * Whether everything is as it should be already.
     */
    public boolean isDone()
    {
        return isPossible() && steps.stream().noneMatch(step -> step.action().isChange());
    }

    /**
     * For each Iceberg port whether its table is there, and what it lacks.
     */
    public List<PortState> portStates()
    {
        return tasks.stream()
                .map(task -> new PortState(
                        task.target().port(),
                        task.target().identifier().toString(),
                        task.comparison().isPresent(),
                        task.comparison().map(SchemaComparison::missing).orElse(List.of())))
                .collect(toImmutableList());
    }

    List<TableTask> tasks()
    {
        return tasks;
    }

    /**
     * One line for each step and detail.
     */
    public List<String> toLines()
    {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        for (PlanStep step : steps) {
            lines.add((step.action().isChange() ? "+ " : "= ") + step.action().label() + " " + step.subject());
            step.details().forEach(detail -> lines.add("    " + detail));
        }
        return lines.build();
    }
}
