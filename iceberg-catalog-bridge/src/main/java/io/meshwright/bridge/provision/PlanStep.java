package io.meshwright.bridge.provision;

import com.google.common.collect.ImmutableList;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One step of a plan.
 *
 * @param subject the namespace or table
 * @param details for people, for example the columns
 */
public record PlanStep(Action action, String subject, List<String> details)
{
    public enum Action
    {
        CREATE_NAMESPACE("create namespace", true),
        TAG_NAMESPACE("tag namespace", true),
        CREATE_TABLE("create table", true),
        ADOPT_TABLE("take over table", true),
        ENTER_TABLE("enter table into the catalog", true),
        CHANGE_TABLE("change table", true),
        KEEP_TABLE("keep table", false);

        private final String label;
        private final boolean change;

        Action(String label, boolean change)
        {
            this.label = label;
            this.change = change;
        }

        public String label()
        {
            return label;
        }

        /**
         * Whether something is written.
         */
        public boolean isChange()
        {
            return change;
        }
    }

    public PlanStep
    {
        requireNonNull(action, "action is null");
        requireNonNull(subject, "subject is null");
        details = ImmutableList.copyOf(details);
    }
}
