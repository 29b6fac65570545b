package io.meshwright.spark.producer;

import org.apache.spark.sql.SparkSessionExtensions;
import scala.Function1;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Makes every batch write of a session keep the contract of the product that it writes to, or fail before it commits: to be named in
 * {@code spark.sql.extensions}. Tables that no product is registered for are written as ever. Where the registry cannot be read, nothing is written.
 */
public final class ContractExtension
        extends AbstractFunction1<SparkSessionExtensions, BoxedUnit>
{
    /**
     * The session's setting that names the {@code mesh.yaml}; without it the one that {@code mesh} itself would find.
     */
    public static final String CONFIG = "spark.meshwright.config";

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions)
    {
        extensions.injectCheckRule(function(session -> function(plan -> {
            WriteSchemaCheck.check(plan);
            return BoxedUnit.UNIT;
        })));
        extensions.injectOptimizerRule(function(session -> new WriteValueGuard()));
        return BoxedUnit.UNIT;
    }

    private static <A, B> Function1<A, B> function(java.util.function.Function<A, B> function)
    {
        return new AbstractFunction1<>()
        {
            @Override
            public B apply(A argument)
            {
                return function.apply(argument);
            }
        };
    }
}
