package io.meshwright.leak;

import static java.util.Objects.requireNonNull;

/**
 * One way to get at clear values.
 *
 * @param name stable; it begins with the area
 * @param smoke whether the probe belongs to the small set that every pair of catalog and storage runs
 */
public record Probe(String name, boolean smoke, Attack attack)
{
    interface Attack
    {
        void run(Attempt attempt);
    }

    public Probe
    {
        requireNonNull(name, "name is null");
        requireNonNull(attack, "attack is null");
    }

    static Probe probe(String name, Attack attack)
    {
        return new Probe(name, false, attack);
    }

    static Probe smoke(String name, Attack attack)
    {
        return new Probe(name, true, attack);
    }

    /**
     * Attacks and says how it ended.
     */
    public Outcome run(Target target)
    {
        try {
            attack.run(new Attempt(target));
            return new Outcome(Outcome.Verdict.HELD, "");
        }
        catch (LeakFound e) {
            return new Outcome(Outcome.Verdict.LEAKED, e.getMessage());
        }
        catch (AssertionError e) {
            return new Outcome(Outcome.Verdict.WRONG, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString()
    {
        return name;
    }
}
