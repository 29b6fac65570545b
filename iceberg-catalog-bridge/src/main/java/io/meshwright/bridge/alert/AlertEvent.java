package io.meshwright.bridge.alert;

/**
 * What a hook is told.
 */
public enum AlertEvent
{
    TRIGGERED("triggered"),
    ESCALATED("escalated"),
    RESOLVED("resolved");

    private final String label;

    AlertEvent(String label)
    {
        this.label = label;
    }

    public String label()
    {
        return label;
    }
}
